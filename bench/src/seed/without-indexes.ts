/**
 * Statements that fill tables, with the indexes and keys of these tables gone until the last: to make an index of what is
 * there takes a fraction of keeping it row by row. One set of tables a transaction.
 */
export function withoutIndexes(tables: readonly string[], statements: readonly string[]): readonly string[] {
  return [REMEMBER(tables), DROP, ...statements, MAKE]
}

const REMEMBER = (tables: readonly string[]): string => `
  CREATE TEMP TABLE seed_index ON COMMIT DROP AS
  SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass)
      ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', i.indrelid::regclass, c.conname) END AS drops,
    CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
      ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS makes
  FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
  WHERE i.indrelid IN (${tables.map((table) => `'${table}'::regclass`).join(', ')})`

const each = (column: 'drops' | 'makes'): string => `
  DO $$ DECLARE statement text; BEGIN
    FOR statement IN SELECT ${column} FROM seed_index LOOP EXECUTE statement; END LOOP;
  END $$`
const DROP = each('drops')
const MAKE = each('makes')
