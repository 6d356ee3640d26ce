/** H5 only: uni's player shows no captions, the browser's own does. */
import { defineComponent, h } from 'vue'
import { t } from '@/i18n'

export default defineComponent({
  props: {
    src: { type: String, required: true },
    captions: { type: String, default: '' },
    label: { type: String, required: true },
  },
  setup: (props) => () =>
    h('video', { src: props.src, controls: true, preload: 'metadata', playsinline: true, 'aria-label': props.label }, [
      props.captions
        ? h('track', {
            kind: 'captions',
            src: props.captions,
            srclang: 'zh-CN',
            label: t('content.captions'),
            default: true,
          })
        : null,
    ]),
})
