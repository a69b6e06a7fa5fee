// Asks for the live part of a page each two seconds, but only while somebody can see it and has not paused it.
const PAUSED = 'holt-paused'
const EVERY = 2000

const button = document.getElementById('pause')
const stale = document.getElementById('stale')

function paused() {
  return sessionStorage.getItem(PAUSED) === 'yes'
}

function show() {
  if (!button) return
  button.setAttribute('aria-pressed', paused())
  button.textContent = paused() ? 'Updates are paused' : 'Pause updates'
}

/** A swap would drop the reader's selection. */
function reads() {
  return !document.getSelection().isCollapsed
}

function tick() {
  if (document.visibilityState === 'visible' && !reads() && !(button && paused())) {
    document.body.dispatchEvent(new Event('tick'))
  }
}

button?.addEventListener('click', () => {
  sessionStorage.setItem(PAUSED, paused() ? 'no' : 'yes')
  show()
})
document.addEventListener('visibilitychange', tick)
document.body.addEventListener('htmx:afterRequest', event => { stale.hidden = event.detail.successful })
show()
if (document.querySelector('[hx-get]')) setInterval(tick, EVERY)
