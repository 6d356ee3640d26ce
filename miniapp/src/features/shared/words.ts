/** What people write in their own words, cleaned as the server cleans it (zhijian/core/words.py). Pure. */

/* eslint-disable no-control-regex -- these are what is cleaned away */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu
/* eslint-enable no-control-regex */
// What Python's strip() takes for space: trim() knows neither U+0085 nor U+001C to U+001F, and takes U+FEFF besides.
const SPACE = '[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const AROUND = new RegExp(`^${SPACE}|${SPACE}$`, 'g')

/** Without control and direction characters. */
export const visibleWords = (text: string): string => text.replace(/\r\n/g, '\n').replace(UNSEEN, '')
export const stripped = (text: string): string => text.replace(AROUND, '')
/** As an action judges and stores what was written. */
export const tidied = (text: string): string => stripped(visibleWords(text))
