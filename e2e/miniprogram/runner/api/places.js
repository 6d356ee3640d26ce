// @ts-check
/** The vendor's own map: to take a place on it, and to show one. */
import { Failure } from './calls.js'

/** @param {import('../phone/phone.js').Phone} phone @returns {Record<string, import('./calls.js').Work>} */
export function places(phone) {
  return {
    chooseLocation: async () => {
      const place = await phone.choosePlace()
      if (!place) throw new Failure('cancel')
      return place
    },
    openLocation: ({ name, address }) => phone.present('map', `${name} ${address}`),
  }
}
