/** H5 only: the city's map in the browser. With `pick`, a pin stands in its middle and what lies under it is chosen. */
import { circle, divIcon, type LatLng, latLngBounds, type Map as Leaflet, map as leaflet, marker } from 'leaflet/dist/leaflet-src.esm.js'
import 'leaflet/dist/leaflet.css'
import { defineComponent, h, onBeforeUnmount, onMounted, type PropType, shallowRef, watch } from 'vue'
import type { Hall } from '@/api/types/item'
import type { CityMap } from '@/api/types/map'
import { t, tx } from '@/i18n'
import type { Point } from '@/platform/gcj02'
import './city-map.scss'
import { declutter } from './declutter'
import { datumOf, ground, labels } from './layers'

/** From here on a finger's breadth is some thirty metres: near enough to find a lamp post. */
const PRECISE = 16
const NEAREST = 18
/** How far one tap goes in while the map is still too wide. */
const STRIDE = 3
const ARROWS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])

export default defineComponent({
  name: 'CityMap',
  props: {
    map: { type: Object as PropType<CityMap>, required: true },
    halls: { type: Array as PropType<Hall[]>, default: () => [] },
    point: { type: Object as PropType<Point | null>, default: null },
    pick: Boolean,
    /** Metres around the point within which it is, where that is all one may know. */
    within: { type: Number, default: 0 },
    label: { type: String, required: true },
  },
  /** `null`: the map is too wide for the pin to mean a place. */
  emits: ['pick'],
  setup(props, { emit }) {
    const view = shallowRef<HTMLElement | null>(null)
    let board: Leaflet | null = null
    let gone = false
    /** Leaflet ends a zoom a moment later and must still find its map then. */
    let zooming = false
    const datum = datumOf(props.map)
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches

    onMounted(() => {
      board = draw(view.value!)
    })
    onBeforeUnmount(() => {
      gone = true
      if (zooming) board?.once('moveend', () => board?.remove())
      else board?.stop().remove()
    })
    watch(() => props.point, (point) => point && board && !under(board, point) && board.setView(datum.to(point), Math.max(board.getZoom(), PRECISE), { animate: false }))

    function draw(element: HTMLElement): Leaflet {
      const middle = props.pick ? 'center' : true
      const made = leaflet(element, {
        attributionControl: false, zoomControl: false, maxZoom: NEAREST, zoomSnap: 0.5, inertia: !still, zoomAnimation: !still, fadeAnimation: !still,
        markerZoomAnimation: false, scrollWheelZoom: middle, touchZoom: middle, doubleClickZoom: false,
      })
      // Scores of names without an order say nothing to a screen reader; where the pin is, the page says in words.
      made.getPane('mapPane')!.setAttribute('aria-hidden', 'true')
      const names = labels(props.map, props.halls, datum)
      const tidy = () => gone || declutter(made, names.all)
      made.on('zoomanim', () => void (zooming = true)).on('zoomend', () => void (zooming = false))
      made.on('zoomend moveend', () => {
        element.dataset.zoom = made.getZoom() < 14 ? 'far' : 'near'
        requestAnimationFrame(tidy)
      })
      begin(made)
      ground(props.map, datum).forEach((layer) => layer.addTo(made))
      names.group.addTo(made)
      if (props.pick) choosing(made, element)
      else if (props.point) mark(made, props.point)
      tidy()
      return made
    }

    function begin(made: Leaflet): void {
      const { south, west, north, east } = props.map.bounds!
      const whole = latLngBounds(datum.to({ latitude: south, longitude: west }), datum.to({ latitude: north, longitude: east }))
      const widest = Math.min(made.getBoundsZoom(whole), PRECISE)
      // The box is wider than the city, so a little nearer still shows all of it.
      if (props.point) made.setView(datum.to(props.point), PRECISE, { animate: false })
      else made.setView(whole.getCenter(), widest + 0.5, { animate: false })
      made.setMaxBounds(whole.pad(0.2)).setMinZoom(widest)
    }

    /** Only what a person does chooses: a drag, an arrow key, a tap. Opening and zooming do not. */
    function choosing(made: Leaflet, element: HTMLElement): void {
      let moved = false
      const set = () => (moved = true)
      element.addEventListener('keydown', ({ key }) => ARROWS.has(key) && set())
      made.on('dragstart', set)
      made.on('click', ({ latlng }: { latlng: LatLng }) => {
        set()
        made.setView(latlng, Math.max(made.getZoom(), Math.min(made.getZoom() + STRIDE, PRECISE)))
      })
      made.on('moveend', () => {
        if (moved && !gone) emit('pick', made.getZoom() >= PRECISE ? datum.from(made.getCenter()) : null)
      })
    }

    function mark(made: Leaflet, point: Point): void {
      const place = datum.to(point)
      if (props.within) circle(place, { radius: props.within, interactive: false, className: 'z-map-within' }).addTo(made)
      else marker(place, { icon: divIcon({ className: 'z-map-here', html: '<div class="z-map-pin"></div>', iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(made)
    }

    function under(made: Leaflet, point: Point): boolean {
      return made.latLngToContainerPoint(datum.to(point)).distanceTo(made.getSize().divideBy(2)) < 1
    }

    const button = (sign: string, name: string, step: number) =>
      h('button', { type: 'button', class: 'z-map-button', 'aria-label': name, onClick: () => board?.setZoom(board.getZoom() + step) }, sign)

    return () =>
      h('div', { class: 'z-map' }, [
        h('div', { ref: view, class: 'z-map-view', role: 'application', tabindex: 0, 'aria-label': props.label }),
        props.pick ? h('div', { class: 'z-map-pin z-map-middle', 'aria-hidden': 'true' }) : null,
        h('div', { class: 'z-map-buttons' }, [button('+', t('map.in'), 1), button('−', t('map.out'), -1)]),
        h('div', { class: 'z-map-credit' }, props.map.tiles?.credit || tx(props.map, 'credit')),
      ])
  },
})
