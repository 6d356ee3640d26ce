/** The browser's own field for a date or a time of day: keyboard, screen reader and language come with it (uni's picker has none of them). */
import { defineComponent, h } from 'vue'

export default defineComponent({
  name: 'NativeDate',
  props: {
    value: { type: String, default: '' },
    label: { type: String, required: true },
    wrong: Boolean,
    time: Boolean,
  },
  emits: ['update'],
  setup(props, { emit }) {
    return () =>
      h('input', {
        ...(props.time ? { type: 'time' } : { type: 'date', min: '1900-01-01', max: '2100-12-31' }),
        value: props.value,
        'aria-label': props.label,
        'aria-invalid': props.wrong ? 'true' : 'false',
        onInput: (event: Event) => emit('update', (event.target as HTMLInputElement).value),
      })
  },
})
