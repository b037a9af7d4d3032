import { HOST } from './accounts.ts';

export interface ConfigParts {
  /** Where clients connect, on the loopback. */
  port: number;
  postgresPort: number;
  /** Its connections to PostgreSQL. */
  sqlPool: number;
}

/**
 * ejabberd.yml for throughput: nothing slows clients down (no shaper, no TLS, no compression), no module is loaded that this
 * load does not need, log lines are for warnings, and who
 * connects at the same time as many others need not try again (backlog, 5 by default). What is sent is archived for both sides before it is acknowledged or
 * delivered (mod_mam), and acknowledged by stream management (XEP-0198).
 */
export const configOf = ({ port, postgresPort, sqlPool }: ConfigParts): string => `
loglevel: warning
log_rotate_count: 0
hosts: [${HOST}]

listen:
  -
    port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    access: all
    shaper: none
    max_stanza_size: 65536
    backlog: 1024
    starttls: false
    zlib: false

auth_method: sql
auth_password_format: plain

sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: ${postgresPort}
sql_database: postgres
sql_username: postgres
sql_pool_size: ${sqlPool}
sql_prepared_statements: true
new_sql_schema: false

modules:
  mod_mam:
    db_type: sql
    default: always
    request_activates_archiving: false
    assume_mam_usage: false
    compress_xml: false
  mod_stream_mgmt:
    resend_on_timeout: if_offline
`;
