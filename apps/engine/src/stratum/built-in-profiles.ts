import {
  DEFAULT_PROFILE,
  type ClientProfile,
  type ClientProfileTable,
} from '@headframe/core/stratum/client-profile'

function profile(name: string, userAgents: readonly string[], needs: Partial<ClientProfile>): ClientProfile {
  return { ...DEFAULT_PROFILE, notes: '', ...needs, name, userAgents }
}

/**
 * What is known of mining clients. `STRATUM_PROFILES_FILE` adds to it and replaces by name. What nobody has read or
 * measured stays as in the default profile.
 */
export const BUILT_IN_PROFILES: ClientProfileTable = {
  fallback: DEFAULT_PROFILE,
  profiles: [
    profile('nicehash', ['nicehash/*'], {
      maxCoinbaseBytes: 500,
      minDifficulty: 524_288,
      notes:
        'DATUM Gateway, datum_stratum.c: a tiny coinbase and a difficulty of at least 524288, or orders are dropped. ' +
        'The proxy takes one or two bytes of extranonce2 and refuses a pool that gives less than four.',
    }),
    profile('mining-rig-rentals', ['mrr-hash/*', 'miningrigrentals*'], {
      notes:
        'Judges a pool by the difficulty of accepted shares; the renter sets it with d= in the password.',
    }),
    profile('braiins-os', ['*bosminer*'], {
      maxCoinbaseBytes: 2250,
      notes: 'DATUM Gateway, datum_stratum.c: likely takes more, but was not tried on all versions.',
    }),
    profile('antminer-s21', ['antminer s21/*'], {
      maxCoinbaseBytes: 2250,
      notes: 'DATUM Gateway, datum_stratum.c: tried on all versions of the S21, not on its siblings.',
    }),
    profile('antminer', ['antminer*', 'bmminer/*'], {
      notes: 'DATUM Gateway, datum_stratum.c: older stock firmware takes about 750 bytes.',
    }),
    profile('whatsminer', ['whatsminer/v1*'], {
      maxCoinbaseBytes: 6500,
      notes:
        'DATUM Gateway, datum_stratum.c. A username of more than 127 characters overflows in the firmware.',
    }),
    profile('epic', ['powerplay-bm/*'], {
      maxCoinbaseBytes: 16_000,
      notes: 'DATUM Gateway, datum_stratum.c: ePIC control boards.',
    }),
    profile('vnish', ['xminer-1.*'], {
      maxCoinbaseBytes: 16_000,
      notes: 'DATUM Gateway, datum_stratum.c: tried up to 16 KB.',
    }),
    profile('esp-miner', ['bitaxe*'], {
      maxCoinbaseBytes: 6500,
      keepaliveSeconds: 180,
      answersPing: true,
      notes:
        'ESP-Miner, stratum_socket.c: its socket gives up after three minutes; stratum_v1_task.c: answers pings.',
    }),
    profile('nerdminer', ['nerdminerv2*', 'han_solominer/*'], {
      maxCoinbaseBytes: 255,
      keepaliveSeconds: 600,
      notes:
        'NerdMiner_v2, utils.cpp: the whole coinbase stands as hex in 512 characters, and extranonce2 has 2, 4 or 8 ' +
        'bytes; mining.cpp: reconnects after ten minutes without a job.',
    }),
    profile('leafminer', ['leafminer/*'], {
      maxCoinbaseBytes: 255,
      extranonce2Bytes: 4,
      oneMessagePerPacket: true,
      notes:
        'leafminer, job.cpp: writes four bytes of extranonce2, whatever it was told; network.cpp: reads one message ' +
        'a packet, so a notify must fit into one.',
    }),
    profile('avalon', ['avalon*'], {
      notes: 'Firmware that names itself; much of it says cgminer. Cuts usernames at 63 characters.',
    }),
    profile('cgminer', ['cgminer/*'], {
      answersPing: true,
      notes: 'cgminer, cgminer.c: 90 seconds of silence and the pool is dead; util.c: answers pings.',
    }),
    profile('bfgminer', ['bfgminer/*'], { notes: 'bfgminer, util.c: does not know mining.ping.' }),
    profile('cpuminer', ['cpuminer*', 'minerd/*'], {
      keepaliveSeconds: 120,
      notes: 'cpuminer, cpu-miner.c: reconnects after 120 seconds of silence.',
    }),
  ],
}
