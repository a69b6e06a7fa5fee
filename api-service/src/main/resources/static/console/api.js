// Requests to the API, through the console.
const BASE = '/console/api'
const KEY = 'holt-api-key'

const field = document.getElementById('key')
if (field) {
  field.value = sessionStorage.getItem(KEY) ?? ''
  field.addEventListener('input', () => sessionStorage.setItem(KEY, field.value.trim()))
}

/** The parsed answer's message, if the API refused. */
export class Refused extends Error {}

export async function send(method, path, { body, headers = {}, signal } = {}) {
  const all = { ...headers }
  if (body !== undefined) all['Content-Type'] = 'application/json'
  if (field?.value.trim()) all.Authorization = 'Bearer ' + field.value.trim()
  const answer = await fetch(BASE + path, {
    method, headers: all, signal, body: body === undefined ? undefined : JSON.stringify(body)
  })
  if (!answer.ok) {
    const refusal = await answer.json().catch(() => null)
    throw new Refused(refusal?.error?.message ?? `The answer is HTTP ${answer.status}.`)
  }
  return answer
}

export async function job(id) {
  return (await send('GET', '/v1/jobs/' + encodeURIComponent(id))).json()
}

/** Each data line of a stream of server-sent events, until its end. */
export async function * events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (line === 'data: [DONE]') return
      if (line.startsWith('data: ')) yield JSON.parse(line.slice(6))
    }
  }
}

/** Where a job waits, in words; empty once it runs. */
export function place(job) {
  if (job.status !== 'queued') return ''
  if (job.detail === 'no_worker') return 'No live worker serves this model. The job waits for one.'
  const eta = job.eta_seconds === undefined ? '' : `, about ${job.eta_seconds} s to go`
  return job.position === undefined ? 'Waiting for a slot' : `Waiting: number ${job.position} in the queue${eta}`
}
