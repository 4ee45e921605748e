import { h } from './h.js'

/** Asks before something is done. Resolves to whether it shall be. */
export function confirm(question, consequence, act) {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      {
        'aria-labelledby': 'question',
        onclose: () => {
          dialog.remove()
          resolve(dialog.returnValue === 'yes')
        },
      },
      h('h2', { id: 'question' }, question),
      h('p', {}, consequence),
      h(
        'form',
        { method: 'dialog' },
        h('button', { value: 'no' }, 'Cancel'),
        h('button', { value: 'yes', class: 'primary' }, act),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}
