/** A random identifier for retries: it names one attempt of one person, it is no secret. */
export function uuid(): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(Math.random() * 16))
  digits[12] = 4
  digits[16] = 8 + (digits[16]! % 4)
  const hex = digits.map((digit) => digit.toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
