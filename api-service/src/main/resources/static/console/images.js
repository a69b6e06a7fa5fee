// The playground of image models. A picture is an asynchronous job, so the page can tell its place and its progress.
import { job, place, send } from './api.js'
import { add, by, number, text } from './dom.js'
import * as source from './mask.js'
import { refresh, watch } from './snippets.js'

const LOOK_EVERY = 400
let running = null

function body(edit) {
  const body = { model: by('model').value, prompt: text('prompt') ?? 'an otter' }
  const set = { image: edit?.image, mask: edit?.mask, size: text('size'), n: number('n'), seed: number('seed') }
  for (const [name, value] of Object.entries(set)) if (value !== undefined) body[name] = value
  return body
}

const path = edit => edit ? '/v1/images/edits' : '/v1/images/generations'

/** The console's own way to a picture of the API. A public store has pictures that need none. */
function local(url) {
  const { pathname, search } = new URL(url)
  return pathname.startsWith('/files/') ? '/console/api' + pathname + search : url
}

function show(state) {
  const { done, total } = state.progress ?? {}
  by('progress').hidden = false
  if (total) {
    by('progress').max = total
    by('progress').value = done
  } else {
    by('progress').removeAttribute('value')
  }
  by('status').textContent = place(state) || (total ? `Step ${done} of ${total}` : 'Running')
}

function picture(url, prompt, seconds) {
  by('hint').hidden = true
  const figure = document.createElement('figure')
  figure.role = 'listitem'
  by('gallery').prepend(figure)
  const image = add(figure, 'img', { src: local(url), alt: prompt })
  image.addEventListener('load', () => image.classList.toggle('small', image.naturalWidth < 200))
  const caption = add(figure, 'figcaption')
  add(caption, 'div', {}, prompt)
  add(caption, 'div', { className: 'fine' }, `${seconds.toFixed(1)} s`)
  const row = add(caption, 'div', { className: 'row' })
  const link = add(row, 'a', { href: url, target: '_blank', rel: 'noopener' }, 'Open')
  link.setAttribute('aria-label', 'Open the picture: ' + prompt)
  const edit = add(row, 'button', { type: 'button', className: 'quiet' }, 'Change')
  edit.setAttribute('aria-label', 'Change the picture: ' + prompt)
  edit.addEventListener('click', () => {
    source.open(local(url))
    by('source').scrollIntoView({ block: 'nearest' })
    refresh()
  })
}

async function make() {
  if (running || !by('settings').reportValidity()) return
  const edit = source.read()
  const request = body(edit)
  const begun = performance.now()
  running = { id: null, stopped: false }
  const own = running
  by('send').disabled = true
  by('stop').hidden = false
  by('status').textContent = 'Sent'
  let message = ''
  try {
    const accepted = await send('POST', path(edit), { body: request, headers: { Prefer: 'respond-async' } })
    let state = await accepted.json()
    own.id = state.id
    while (['queued', 'running', 'waiting_retry'].includes(state.status)) {
      show(state)
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY))
      state = await job(own.id)
    }
    if (!state.result) throw new Error(own.stopped ? 'Stopped' : state.error?.message ?? `The job is ${state.status}.`)
    const seconds = (performance.now() - begun) / 1000
    for (const { url } of state.result.data) picture(url, request.prompt, seconds)
  } catch (failure) {
    message = failure.message
  } finally {
    running = null
    by('send').disabled = false
    by('stop').hidden = true
    by('progress').hidden = true
    by('status').textContent = message
  }
}

async function stop() {
  if (!running?.id) return
  running.stopped = true
  await send('DELETE', '/v1/jobs/' + running.id).catch(() => {})
}

if (by('images')) {
  const api = by('images').dataset.api
  by('ask').addEventListener('submit', event => { event.preventDefault(); make() })
  by('prompt').addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      by('ask').requestSubmit()
    }
  })
  by('settings').addEventListener('submit', event => event.preventDefault())
  by('stop').addEventListener('click', stop)
  by('drop').addEventListener('click', refresh)
  watch(() => {
    const edit = by('source').hidden ? null : { image: 'data:image/png;base64,...' }
    return {
      url: api + path(edit),
      base: api,
      method: 'images.generate',
      // The SDKs' own method takes files only.
      raw: edit ? '/images/edits' : null,
      body: body(edit)
    }
  })
}
