/**
 * What every session is started with. Each hot statement looks its rows up by key, whatever the tables' statistics say, so
 * the planner has nothing to find out: it plans once, by the indexes. The limits of time keep a node that hangs from holding
 * up the others: what it has locked is free again before they give up waiting for it.
 */
export function sessionOptions(schema: string): string {
  const settings = {
    search_path: schema,
    plan_cache_mode: 'force_generic_plan',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    enable_seqscan: 'off',
    enable_bitmapscan: 'off',
    jit: 'off',
    // On tables that were never analysed it would start two processes for each look at an account.
    max_parallel_workers_per_gather: '0',
    // A commit that no standby confirmed is told in a warning.
    client_min_messages: 'warning',
    statement_timeout: '10s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '3s',
    default_transaction_isolation: 'read\\ committed',
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
