/** H5 only: the city's map in the browser. With `pick`, a pin stands in its middle and what lies under it is chosen. */
import { defineComponent, h, onBeforeUnmount, onMounted, type PropType, shallowRef, watch } from 'vue'
import type { Hall } from '@/api/types/item'
import type { CityMap } from '@/api/types/map'
import { t, tx } from '@/i18n'
import type { Point } from '@/platform/gcj02'
import { type Board, openBoard } from './board'
import type { Mark } from './layers'

export default defineComponent({
  name: 'CityMap',
  props: {
    map: { type: Object as PropType<CityMap>, required: true },
    halls: { type: Array as PropType<Hall[]>, default: () => [] },
    point: { type: Object as PropType<Point | null>, default: null },
    pick: Boolean,
    /** What can be opened from here. */
    marks: { type: Array as PropType<Mark[]>, default: () => [] },
    /** Metres around the point within which it is, where that is all one may know. */
    within: { type: Number, default: 0 },
    label: { type: String, required: true },
  },
  /** `pick` with null: the map is too wide for the pin to mean a place. */
  emits: ['pick', 'open'],
  setup(props, { emit }) {
    const view = shallowRef<HTMLElement | null>(null)
    let board: Board | null = null
    onMounted(() => {
      const pick = props.pick ? (point: Point | null) => emit('pick', point) : undefined
      board = openBoard(view.value!, { ...props, pick, open: (id) => emit('open', id) })
    })
    onBeforeUnmount(() => board?.close())
    watch(
      () => props.point,
      (point) => point && board?.lookAt(point),
    )
    watch(
      () => props.marks,
      (marks) => board?.mark(marks),
    )
    const button = (sign: string, name: string, by: number) =>
      h('button', { type: 'button', class: 'z-map-button', 'aria-label': name, onClick: () => board?.zoom(by) }, sign)
    return () =>
      h('div', { class: 'z-map' }, [
        h('div', { ref: view, class: 'z-map-view', role: 'application', tabindex: 0, 'aria-label': props.label }),
        props.pick ? h('div', { class: 'z-map-pin z-map-middle', 'aria-hidden': 'true' }) : null,
        h('div', { class: 'z-map-buttons' }, [button('+', t('map.in'), 1), button('−', t('map.out'), -1)]),
        h('div', { class: 'z-map-credit' }, props.map.tiles?.credit || tx(props.map, 'credit')),
      ])
  },
})
