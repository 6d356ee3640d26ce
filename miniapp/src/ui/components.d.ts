/** easycom registers the kit by name; this tells the type checker. */
import type ZBar from './ZBar.vue'
import type ZButton from './ZButton.vue'
import type ZCard from './ZCard.vue'
import type ZChoice from './ZChoice.vue'
import type ZClock from './ZClock.vue'
import type ZConfirm from './ZConfirm.vue'
import type ZDate from './ZDate.vue'
import type ZEmpty from './ZEmpty.vue'
import type ZErrorSummary from './ZErrorSummary.vue'
import type ZField from './ZField.vue'
import type ZFold from './ZFold.vue'
import type ZIcon from './ZIcon.vue'
import type ZInput from './ZInput.vue'
import type ZLoad from './ZLoad.vue'
import type ZNotice from './ZNotice.vue'
import type ZPage from './ZPage.vue'
import type ZProblem from './ZProblem.vue'
import type ZRow from './ZRow.vue'
import type ZSkeleton from './ZSkeleton.vue'
import type ZStars from './ZStars.vue'
import type ZSteps from './ZSteps.vue'
import type ZSwitch from './ZSwitch.vue'
import type ZTabBar from './ZTabBar.vue'
import type ZTabs from './ZTabs.vue'
import type ZTag from './ZTag.vue'
import type ZTimeline from './ZTimeline.vue'

declare module 'vue' {
  export interface GlobalComponents {
    ZBar: typeof ZBar
    ZButton: typeof ZButton
    ZCard: typeof ZCard
    ZChoice: typeof ZChoice
    ZClock: typeof ZClock
    ZConfirm: typeof ZConfirm
    ZDate: typeof ZDate
    ZEmpty: typeof ZEmpty
    ZErrorSummary: typeof ZErrorSummary
    ZField: typeof ZField
    ZFold: typeof ZFold
    ZIcon: typeof ZIcon
    ZInput: typeof ZInput
    ZLoad: typeof ZLoad
    ZNotice: typeof ZNotice
    ZPage: typeof ZPage
    ZProblem: typeof ZProblem
    ZRow: typeof ZRow
    ZSkeleton: typeof ZSkeleton
    ZStars: typeof ZStars
    ZSteps: typeof ZSteps
    ZSwitch: typeof ZSwitch
    ZTabBar: typeof ZTabBar
    ZTabs: typeof ZTabs
    ZTag: typeof ZTag
    ZTimeline: typeof ZTimeline
  }
}
