/**
 * Makes uni's H5 elements reachable: they are custom elements that no keyboard and no screen reader knows.
 * Mini-programs need none of this; there the `aria-*`, `aria-role` and `role` of our templates do the work.
 */

const TAPPABLE = ['button', 'link', 'radio', 'checkbox', 'tab', 'switch', 'option']
const SELECTOR = TAPPABLE.map((role) => `[role="${role}"]`).join(',')
const CARRIED = ['aria-label', 'aria-labelledby', 'aria-describedby', 'aria-invalid', 'aria-required', 'autocomplete']

export function improveAccessibility(): void {
  // #ifdef H5
  const observer = new MutationObserver(() => improve(document))
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['role', 'aria-disabled', ...CARRIED],
  })
  improve(document)
  document.addEventListener('keydown', pressByKey)
  // #endif
}

// #ifdef H5
function improve(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>(SELECTOR).forEach(makeFocusable)
  root.querySelectorAll<HTMLElement>('uni-input, uni-textarea').forEach(carryToField)
  root.querySelectorAll<HTMLElement>('uni-image').forEach(nameImage)
}

function makeFocusable(element: HTMLElement): void {
  const wanted = element.getAttribute('aria-disabled') === 'true' ? '-1' : '0'
  if (element.getAttribute('tabindex') !== wanted) element.setAttribute('tabindex', wanted)
}

/** uni puts attributes on its wrapper; the names must be on the field that takes the focus. */
function carryToField(wrapper: HTMLElement): void {
  const field = wrapper.querySelector<HTMLElement>('input, textarea')
  if (!field) return
  for (const name of CARRIED) {
    const value = wrapper.getAttribute(name)
    if (value !== null) {
      field.setAttribute(name, value)
      wrapper.removeAttribute(name)
    }
  }
}

function nameImage(wrapper: HTMLElement): void {
  const image = wrapper.querySelector('img')
  const name = wrapper.getAttribute('aria-label') ?? ''
  if (image && image.getAttribute('alt') !== name) image.setAttribute('alt', name)
}

const ARROWS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

function pressByKey(event: KeyboardEvent): void {
  const target = event.target
  if (!(target instanceof HTMLElement) || !target.matches(SELECTOR)) return
  const role = target.getAttribute('role')
  if (event.key === 'Enter' || (event.key === ' ' && role !== 'link')) {
    event.preventDefault()
    target.click()
  } else if (role === 'radio' && event.key in ARROWS) {
    event.preventDefault()
    const group = Array.from(
      target.closest('[role="radiogroup"]')?.querySelectorAll<HTMLElement>('[role="radio"]') ?? [],
    )
    const next = group[(group.indexOf(target) + (ARROWS[event.key] ?? 0) + group.length) % group.length]
    next?.focus()
    next?.click()
  }
}
// #endif
