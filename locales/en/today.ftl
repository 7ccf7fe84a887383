nav-today = Today
today = Today
views = Views of today
view-mine = Mine
view-team = My team
view-company = Customers at risk
beside = This month, approvals and promises
date-line = { $weekday }, { $day }
week = week { $number }
list-comma = {", "}
clause-comma = {", "}
group-overdue = Overdue
group-today = Due today
group-week = This week
group-later = Later: { $count }
nothing-owed = Nothing is owed
nothing-owed-text = All is done. What a new week or a visit asks for will appear here.
late-days = { $days ->
    [one] 1 day late
   *[other] { $days } days late
 }
late-hours = { $hours ->
    [one] 1 hour late
   *[other] { $hours } hours late
 }
late-minutes = { $minutes } min late
due-today = today
due-today-at = today { $clock }
due-by = by { $day }
due-at = by { $day } { $clock }
missed = missed
missed-week = a week missed
missed-month = a month missed
tag-stand-in = standing in
tag-to-confirm = late record to confirm
tag-unexplained = not explained
explain = Explain
look = Look
names-and-more = { $names } and more
share-met = on time
share-met-late = late
share-missed = missed
month-rate = On time this month
month-items = settled
month-none = Nothing settled yet
month-before = ; { $rate } last month
month-short = { $met } of { $settled } on time
waiting = Waiting for me
wants-waiver = { $asker } asks to waive · { $title } ({ $rule })
wants-confirmation = Late record by { $owner } · { $title } ({ $rule })
wants-answer = { $owner } explained { $title } ({ $rule })
promises = Promised to customers
promise-line = { $title }: { $what }
team-overdue = { $count } overdue or missed, { $people ->
    [one] 1 person
   *[other] { $people } people
 }
team-clear = Nothing is overdue in your team
team-clear-text = Whoever falls behind is listed here.
team-others = Nothing overdue
company-sub = { $count } customers at risk, by what was overdue or missed in the last five weeks
no-risk = No customer is at risk
no-risk-text = In the last five weeks nobody was neglected twice and no promise is overdue.
no-team = No team
more-customers = { $count } more
reason-missed = { $rule } missed { $count }×
reason-overdue = { $rule } overdue { $count }×
lapse-count = { $count ->
    [one] 1 lapse
   *[other] { $count } lapses
 }
clause-semicolon = {"; "}
last-contact = last contact { $day }
many-confirmations = { $count } late records to confirm
many-explanations = { $count } explanations not answered
answers = Answers to my explanations
answer-line = { $answerer } on { $title } ({ $rule }): “{ $words }”
withheld = (customer withheld)
