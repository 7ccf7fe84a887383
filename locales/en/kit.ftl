# Words of every page: frame, forms, lists and states
brand = Kehu
skip-to-content = Skip to content
main-navigation = Main navigation
quick-navigation = Quick navigation
more = More
close = Close
search-label = Search
search-placeholder = Find accounts, contacts, minutes…
record = Log a contact
record-short = Log
demo-label = Demo
demo-banner = This is a demo company. Its customers and people are made up; try anything.
account-menu = Menu of { $name }
sign-out = Sign out

clause-name = Clause { $number } of the rulebook

state-open = Open
state-due = Due soon
state-overdue = Overdue
state-met = On time
state-met-late = Late
state-missed = Missed
state-waived = Waived
state-cancelled = Cancelled

step-done = Done
step-open = Not done

required = Required
form-errors = { $count ->
    [one] One thing needs correcting
   *[other] { $count } things need correcting
 }
drop-hint = Drop a file here, or choose one

sort-by = Sort by { $column }
filter-apply = Apply
filter-clear = Clear all
filter-drop = Remove “{ $filter }”
pages = Pages
shown = { $first }–{ $last } of { $total }
previous-page = Previous page
next-page = Next page

forbidden-title = This page is not open to you
forbidden-text = Your position does not include it. If your work needs it, ask your team leader or an administrator.
not-found-title = There is no such page
not-found-text = The link may be out of date, or the record archived.
fault-title = Something went wrong on our side
fault-text = Nothing you entered is lost; please try again shortly. If it happens again, give the number { $id } to an administrator.
back-home = Back to Today
viewing-label = Looking through somebody else’s eyes
viewing = You see the product as { $name } does: nothing can be changed, and customer content that you may not see is withheld.
viewing-end = End
