import { currentLocale, optional } from '@/i18n'

export const licenceValid = (status: string): boolean => ['valid', 'active', 'issued', '有效'].includes(status)

/** The status in words: our own for codes we know, else the server's. */
export function statusText({ status, status_label = '' }: { status: string; status_label?: string }): string {
  if (currentLocale() === 'zh-CN' && status_label) return status_label
  return optional(`licences.status_${status}`) || status_label || status
}
