// @ts-check
/** Navigation, title and tab bar, the same with every vendor. */
import { problem } from '../problems.js'
import { Failure } from './calls.js'

/**
 * @typedef {import('../world.js').World} World
 * @typedef {import('./calls.js').Work} Work
 */

/** @param {() => void} move */
function moving(move) {
  try {
    move()
  } catch (cause) {
    problem(String(cause))
    throw cause
  }
}

/** @param {World} world @returns {Record<string, Work>} */
export function screen({ navigation, phone }) {
  return {
    navigateTo: ({ url }) => moving(() => navigation.navigateTo(url)),
    redirectTo: ({ url }) => moving(() => navigation.redirectTo(url)),
    switchTab: ({ url }) => moving(() => navigation.switchTab(url)),
    reLaunch: ({ url }) => moving(() => navigation.reLaunch(url)),
    navigateBack: ({ delta = 1 }) => moving(() => navigation.navigateBack(delta)),
    setNavigationBarTitle: ({ title }) => navigation.rename(title),
    setTabBarItem: ({ index, text }) => {
      if (!navigation.top || !navigation.isTab(navigation.top.path)) throw new Failure('not TabBar page')
      phone.nameTab(index, text)
    },
    pageScrollTo: ({ scrollTop }) => {
      if (typeof scrollTop !== 'number') throw new Failure('the runner scrolls to positions only')
      navigation.top?.element.scrollTo(0, scrollTop)
    },
    stopPullDownRefresh: () => undefined,
  }
}
