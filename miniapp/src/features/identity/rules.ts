/** The same checks as the server's, so that a mistake is said before anything is sent. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export const isPhone = (value: string) => /^1[3-9]\d{9}$/.test(value)
/** A form also takes a landline with its area code. */
export const isContactPhone = (value: string) => isPhone(value) || /^0\d{2,3}-?\d{7,8}$/.test(value)
export const isCode = (value: string) => /^\d{6}$/.test(value)

/** 公民身份号码 (GB 11643): 17 digits with a real birthday, and a check character. */
export function isIdNumber(value: string): boolean {
  const id = value.toUpperCase()
  const parts = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(id)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(id[index]), 0)
  return CHECKS[sum % 11] === id[17]
}
