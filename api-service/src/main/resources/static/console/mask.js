// A picture to change, and a mask painted on it.
import { by } from './dom.js'

const canvas = by('mask')
const picture = by('original')
let painted = false

const context = () => canvas.getContext('2d')

/** Shows the picture at this URL, which must be of the console, or a data URL. */
export function open(url) {
  picture.src = url
  by('source').hidden = false
}

export function close() {
  picture.removeAttribute('src')
  by('source').hidden = true
  by('file').value = ''
  clear()
}

/** The picture and its mask as data URLs; null if there is no picture. The mask is undefined if nothing is painted. */
export function read() {
  if (by('source').hidden) return null
  const copy = plain()
  copy.getContext('2d').drawImage(picture, 0, 0)
  return { image: copy.toDataURL('image/png'), mask: painted ? mask().toDataURL('image/png') : undefined }
}

/** Transparent where painted, as the API wants it. */
function mask() {
  const copy = plain()
  const draw = copy.getContext('2d')
  draw.fillStyle = '#fff'
  draw.fillRect(0, 0, copy.width, copy.height)
  draw.globalCompositeOperation = 'destination-out'
  draw.drawImage(canvas, 0, 0)
  return copy
}

function plain() {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  return copy
}

function clear() {
  context().clearRect(0, 0, canvas.width, canvas.height)
  painted = false
}

function point(event) {
  const box = canvas.getBoundingClientRect()
  const scale = canvas.width / box.width
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale, scale]
}

function stroke(from, to) {
  const draw = context()
  const [x, y, scale] = to
  draw.lineCap = draw.lineJoin = 'round'
  draw.lineWidth = Number(by('brush').value) * scale
  draw.strokeStyle = '#ff2fb3'
  draw.beginPath()
  draw.moveTo(from[0], from[1])
  draw.lineTo(x + 0.01, y)
  draw.stroke()
  painted = true
}

picture?.addEventListener('load', () => {
  canvas.width = picture.naturalWidth
  canvas.height = picture.naturalHeight
  canvas.parentElement.classList.toggle('small', picture.naturalWidth < 200)
  painted = false
})

let last = null
canvas?.addEventListener('pointerdown', event => {
  canvas.setPointerCapture(event.pointerId)
  last = point(event)
  stroke(last, last)
})
canvas?.addEventListener('pointermove', event => {
  if (!last) return
  const next = point(event)
  stroke(last, next)
  last = next
})
for (const end of ['pointerup', 'pointercancel']) canvas?.addEventListener(end, () => { last = null })
by('unpaint')?.addEventListener('click', clear)
by('drop')?.addEventListener('click', close)
by('file')?.addEventListener('change', event => {
  const [file] = event.target.files
  if (!file) return
  const reader = new FileReader()
  reader.addEventListener('load', () => open(reader.result))
  reader.readAsDataURL(file)
})
