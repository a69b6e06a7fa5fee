// Small helpers of the pages.
export const by = id => document.getElementById(id)

export function add(parent, tag, properties = {}, text) {
  const element = Object.assign(document.createElement(tag), properties)
  if (text !== undefined) element.textContent = text
  return parent.appendChild(element)
}

/** The field's number; undefined if it is empty. */
export function number(id) {
  const value = by(id).value.trim()
  return value === '' ? undefined : Number(value)
}

/** The field's text; undefined if it is empty. */
export function text(id) {
  const value = by(id).value.trim()
  return value === '' ? undefined : value
}

/** The field's JSON; undefined if it is empty. The field says what is wrong. */
export function json(id) {
  const value = text(id)
  by(id).setCustomValidity('')
  try {
    return value && JSON.parse(value)
  } catch (wrong) {
    by(id).setCustomValidity('This is not JSON: ' + wrong.message)
    return undefined
  }
}
