import type { Delivery } from '@/api/types/case'
import type { Place } from '@/api/types/item'
import { t, tx } from '@/i18n'

/** What is sent: only what belongs to the chosen way. */
export function chosenDelivery({ method, hall, address, receiver, phone }: Delivery): Delivery {
  if (method === 'pickup') return { method, hall }
  return method === 'courier' ? { method, address, receiver, phone } : { method }
}

/** How the result reaches the person, as one line. */
export function deliveryText(delivery: Delivery, places: Place[]): string {
  if (delivery.method === 'pickup') {
    const hall = places.find((place) => place.hall.code === delivery.hall)?.hall
    return `${t('delivery.pickup')} · ${hall ? tx(hall, 'name') : (delivery.hall ?? '')}`
  }
  if (delivery.method === 'courier') {
    return [t('delivery.courier'), delivery.receiver, delivery.phone, delivery.address].filter(Boolean).join(' · ')
  }
  return t('delivery.electronic')
}
