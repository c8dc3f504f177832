import { router } from '../../trpc'
import { journal } from './journal'
import { nodes } from './nodes'
import { processes } from './processes'
import { profiles } from './profiles'
import { queues } from './queues'
import { runTask } from './run-task'

/** The system itself, as an operator sees it. */
export const consoleSystemRouter = router({ nodes, processes, queues, journal, profiles, runTask })
