/** The parts that a server of BullMQ holds until they are merged, for tests that lose, double and damage one. */
import Redis from 'ioredis'
import pg from 'pg'

const QUEUES = ['cosdim-merge', 'cosdim-shards']

/** @param {string} url */
function inRedis(url) {
  const redis = new Redis(url, { maxRetriesPerRequest: null }).on('error', () => {})
  const parts = (/** @type {string} */ id) => `bull:${QUEUES[0]}:${id}:processed`
  const keyOf = async (/** @type {string} */ id, /** @type {string} */ end) =>
    (await redis.hkeys(parts(id))).filter((key) => key.endsWith(end))[0]
  return {
    get: async (id, end) => String(await redis.hget(parts(id), await keyOf(id, end))),
    set: async (id, end, part) => redis.hset(parts(id), await keyOf(id, end), part),
    add: async (id, part) => redis.hset(parts(id), 'another', part),
    remove: async (id, end) => redis.hdel(parts(id), await keyOf(id, end)),
    close: async () => redis.disconnect(),
  }
}

/** @param {string} url */
function inPostgres(url) {
  const pool = new pg.Pool({ connectionString: url }).on('error', () => {})
  const where = 'WHERE parent_id = $1 AND child_id LIKE $2'
  return {
    get: async (id, end) =>
      (await pool.query(`SELECT value::text FROM bullmq.job_dependency ${where}`, [id, `%${end}`])).rows[0].value,
    set: (id, end, part) => pool.query(`UPDATE bullmq.job_dependency SET value = $3 ${where}`, [id, `%${end}`, part]),
    add: (id, part) =>
      pool.query(
        `INSERT INTO bullmq.job_dependency (parent_queue, parent_id, child_queue, child_id, child_key, status, value)
         VALUES ($2, $1, $3, 'another', 'another', 'processed', $4)`,
        [id, ...QUEUES, part],
      ),
    remove: (id, end) => pool.query(`DELETE FROM bullmq.job_dependency ${where}`, [id, `%${end}`]),
    close: () => pool.end(),
  }
}

/**
 * By the id of a flow and the end of a shard's name; a part is JSON.
 * @param {string} url
 * @returns {{
 *   get(id: string, end: string): Promise<string>,
 *   set(id: string, end: string, part: string): Promise<unknown>,
 *   add(id: string, part: string): Promise<unknown>,
 *   remove(id: string, end: string): Promise<unknown>,
 *   close(): Promise<void>,
 * }}
 */
export const partsOf = (url) => (url.startsWith('postgres:') ? inPostgres(url) : inRedis(url))
