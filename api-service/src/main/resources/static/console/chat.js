// The playground of chat models.
import { events, job, place, send } from './api.js'
import { add, by, json, number, text } from './dom.js'
import { refresh, watch } from './snippets.js'

const talk = []
let running = null

function body(messages) {
  const system = text('system')
  const schema = json('schema')
  const tools = json('tools')
  const body = { model: by('model').value, messages: system ? [{ role: 'system', content: system }, ...messages] : messages }
  const set = {
    temperature: number('temperature'),
    max_tokens: number('max-tokens'),
    seed: number('seed'),
    response_format: schema && { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    tools
  }
  for (const [name, value] of Object.entries(set)) if (value !== undefined) body[name] = value
  body.stream = true
  body.stream_options = { include_usage: true }
  return body
}

/** What the code sends: the message in its field after the talk, else the last question again. */
function shown() {
  const prompt = text('prompt')
  if (prompt || !talk.length) return [...talk, { role: 'user', content: prompt ?? 'Hello!' }]
  return talk.slice(0, -1)
}

function message(role, content) {
  by('hint').hidden = true
  const element = add(by('messages'), 'div', { className: 'message ' + role })
  add(element, 'span', { className: 'who' }, role === 'user' ? 'You' : by('model').value)
  add(element, 'span', { className: 'text' }, content)
  element.scrollIntoView({ block: 'nearest' })
  return element
}

/** Says where the job waits, until its first token. */
async function watchPlace(id, waits) {
  while (waits()) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    if (!waits()) return
    const state = await job(id).catch(() => null)
    if (state && waits()) by('status').textContent = place(state) || 'Reading the prompt'
  }
}

function facts(usage, begun, first, id, element) {
  const now = performance.now()
  const seconds = (first === null ? 0 : now - first) / 1000
  const tokens = usage?.completion_tokens
  const parts = [`${((now - begun) / 1000).toFixed(1)} s`]
  if (tokens !== undefined) parts.unshift(`${tokens} tokens`)
  if (tokens > 1 && seconds > 0) parts.push(`${Math.round((tokens - 1) / seconds)} tokens/s`)
  if (first !== null) parts.push(`first token after ${Math.round(first - begun)} ms`)
  const line = add(element, 'span', { className: 'facts-line' }, parts.join(' · '))
  if (id) {
    line.append(' · ')
    add(line, 'a', { href: '/console/jobs/' + id }, 'job')
  }
}

async function ask() {
  const prompt = text('prompt')
  const request = body([...talk, { role: 'user', content: prompt }])
  if (!prompt || running || !by('settings').reportValidity()) return
  by('prompt').value = ''
  message('user', prompt)
  const element = message('assistant', '')
  const answer = element.querySelector('.text')
  element.classList.add('streaming')
  running = new AbortController()
  by('send').disabled = true
  by('stop').hidden = false
  by('status').textContent = 'Sent'
  const begun = performance.now()
  let first = null
  let usage = null
  let id = null
  let thought = null
  const calls = []
  try {
    const stream = await send('POST', '/v1/chat/completions', { body: request, signal: running.signal })
    id = stream.headers.get('X-Holt-Job-Id')
    if (id) watchPlace(id, () => running !== null && first === null)
    for await (const chunk of events(stream)) {
      if (chunk.error) throw new Error(chunk.error.message)
      usage = chunk.usage ?? usage
      const delta = chunk.choices?.[0]?.delta
      if (!delta) continue
      if (first === null && (delta.content || delta.reasoning_content || delta.tool_calls)) {
        first = performance.now()
        by('status').textContent = ''
      }
      if (delta.reasoning_content) {
        thought ??= element.insertBefore(Object.assign(document.createElement('span'), { className: 'thought' }), answer)
        thought.textContent += delta.reasoning_content
      }
      if (delta.content) answer.textContent += delta.content
      for (const part of delta.tool_calls ?? []) {
        const call = calls[part.index] ??= { name: '', arguments: '' }
        call.name += part.function?.name ?? ''
        call.arguments += part.function?.arguments ?? ''
      }
      by('messages').scrollTop = by('messages').scrollHeight
    }
    for (const call of calls) answer.textContent += `${call.name}(${call.arguments})\n`
    talk.push({ role: 'user', content: prompt }, { role: 'assistant', content: answer.textContent })
    facts(usage, begun, first, id, element)
  } catch (failure) {
    const stopped = failure.name === 'AbortError'
    add(element, 'span', { className: stopped ? 'facts-line' : 'facts-line error' }, stopped ? 'Stopped' : failure.message)
    if (stopped && answer.textContent) talk.push({ role: 'user', content: prompt }, { role: 'assistant', content: answer.textContent })
  } finally {
    running = null
    element.classList.remove('streaming')
    by('send').disabled = false
    by('stop').hidden = true
    by('status').textContent = ''
    by('messages').scrollTop = by('messages').scrollHeight
    refresh()
  }
}

if (by('chat')) {
  const api = by('chat').dataset.api
  by('ask').addEventListener('submit', event => { event.preventDefault(); ask() })
  by('prompt').addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      by('ask').requestSubmit()
    }
  })
  for (const id of ['schema', 'tools']) {
    by(id).addEventListener('invalid', () => { by(id).closest('details').open = true })
  }
  by('settings').addEventListener('submit', event => event.preventDefault())
  by('stop').addEventListener('click', () => running?.abort())
  by('clear').addEventListener('click', () => {
    running?.abort()
    talk.length = 0
    for (const element of document.querySelectorAll('.message')) element.remove()
    by('hint').hidden = false
    by('prompt').focus()
    refresh()
  })
  for (const idea of document.querySelectorAll('.idea')) {
    idea.addEventListener('click', () => { by('prompt').value = idea.textContent; by('ask').requestSubmit() })
  }
  watch(() => ({
    url: api + '/v1/chat/completions',
    base: api,
    method: 'chat.completions.create',
    body: body(shown())
  }))
}
