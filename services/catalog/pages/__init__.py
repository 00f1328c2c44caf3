"""The public page of the catalogue: server-rendered, in Korean and English.

``views`` turn what the catalogue says into what a page shows (pure), ``templates`` put it into HTML, ``words`` holds
every word in both languages, ``static`` the one style sheet, the one script and the icon. Nothing comes from outside.
"""
