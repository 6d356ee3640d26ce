"""Texts that pass two steps of review over Wagtail, such as service items and articles: states, rules, actions, pages.

A domain describes its texts once (:class:`zhijian.editorial.actions.Editorial`), registers that when it starts, and
keeps what is its own: what a text holds, what is wrong with it, and what is made of it when it is published.
"""
