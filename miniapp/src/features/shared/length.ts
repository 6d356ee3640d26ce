import { t } from '@/i18n'
import { signs } from './numbers'

/** What to say of a text that is longer than may be sent; '' for one that isn't. Nothing is ever cut off. */
export function tooLong(text: string, most: number | null | undefined): string {
  const over = most ? signs(text.trim()) - most : 0
  return over > 0 ? t('form.tooLong', { n: over, most: most! }) : ''
}
