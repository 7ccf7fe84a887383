# Importing a ledger: the command line
would-be-done = What would be done (nothing was written)
was-done = Imported
rows-read = { $rows } rows of data, { $duplicates } of them for a company named before
accounts = Accounts
contacts = Contacts
counts = { $created } created, { $updated } updated, { $unchanged } unchanged
tiers-assumed = { $count } new accounts have no tier and were entered as “general”
would-be-members = Would become members without sign-in: { $names }
were-made-members = Became members without sign-in: { $names }
not-members = Managers who are no members yet: { $names }. Add them, or use --create-managers.
manager-with-count = { $name } ({ $accounts })
bad-rows = { $count } rows were not imported:
row = row { $row }
rejects-written = The rows that were not imported are in { $path }

job = Import a ledger
already-run = This import has been run already
not-permitted = You may not import accounts at present
changed-meanwhile = Somebody changed the same records during the import; nothing was written. Run it again.
not-done = Only a finished import can be undone
changed-since = { $count } records were changed or used after the import, so it cannot be undone as a whole: { $names }

# Importing a ledger: the pages
nav = Import a ledger
title = Import a ledger
intro = Bring in the customer ledger that the team keeps in Excel: check what its columns mean, see what would happen, and only then write it.
step-file = File
step-columns = Columns
step-look = Dry run
step-done = Done
file = Ledger
file-hint = CSV (UTF-8, GB18030 and GBK are told apart), XLSX or XLS, up to 50 MB. Title rows, merged cells and blank rows need no tidying.
file-required = Choose a file
upload = Upload and check
recent = Latest imports
all-imports = All imports
imports = Imports
no-imports = No ledger has been imported yet
no-imports-text = Imported files and what came of them are listed here; here they can also be undone.
state = State
by = By
at = When
state-draft = not imported
state-running = importing
state-done = done
state-failed = failed
state-undone = undone

columns-intro = We have guessed what each column means from its heading and its values. Correct what is wrong: it is remembered for the next file with these headings.
sheet-title = Sheet and headings
sheet = Sheet
header-row = Row of the headings
read-again = Read again
columns-title = What the columns mean
column = Column
samples = Examples
meaning = Meaning
meaning-of = Meaning of “{ $column }”
column-number = Column { $number }
not-imported = Leave out
of-person = Contact { $number }: { $field }
amount-unit = Unit of the amounts
tiers-title = Tiers
stages-title = Stages
no-match = None of ours
managers-title = Account managers
managers-intro = Which member each manager of the ledger is. New accounts of managers who are nobody here are not imported; they are listed in the dry run, never lost in silence.
nameless = (no manager named)
companies-count = { $count } accounts
no-member = No member
create-managers = Make managers who are nobody here members
create-managers-hint = Their login is the name in pinyin; they cannot sign in before they are given a password.
options-title = Accounts that are here already
update = Write the ledger over accounts and contacts that are here already
update-hint = Otherwise they stay as they are, and only new accounts and people are added. Blank cells never clear anything.
look = Dry run
another-file = Another file
field-twice = Two columns are “{ $field }”; keep one

look-intro = This is a dry run; nothing has been written.
new-accounts = New accounts
new-contacts = New contacts
rows-figure = Rows of data
bad-figure = Rows left out
created = new
updated = changed
unchanged = as it was
skipped = left out
created-count = { $count } new
updated-count = { $count } changed
unchanged-count = { $count } as they were
duplicates-count = { $count } for a company named before
unknown-managers = Some managers are no members yet; their new accounts are not imported: { $names }
nameless-with-count = no manager named ({ $accounts })
match-managers = Match them
nothing-to-do = All of the ledger is here already; there is nothing to import.
nothing-acceptable = Nothing can be imported: the rows below have errors, everything else is here already.
run-button = { $count ->
    [0] Import
    [one] Import { $count } account
   *[other] Import { $count } accounts
}
back-to-columns = Back to the columns
bad-rows-title = { $count } rows are left out
bad-rows-caption = Rows that are left out, with the reason
download-rejects = Download these rows
rest-in-file = The other { $count } are in the file
row-column = Row
reason = Reason
companies = Company by company
company = Company
outcome = Outcome
manager = Manager
rows-column = Rows
notes-title = { $count } notes on rows that are imported
notes-caption = Notes on rows that are imported

running = Importing
running-text = All of it is written at once: either everything or nothing. You may leave this page; the import goes on.
refresh = Refresh

imported-by = { $name }, { $at }
import-another = Import another file
failed-text = The import failed and nothing was written.
undo = Undo this import
undo-text = The accounts, contacts and members that it made are removed, and what it changed is as before. It cannot be undone once somebody has changed or used any of these records.
undo-confirm = Undo it
undone = The import was undone
undone-by = { $name } undid this import, { $at }

# Operations of the API
api-upload-ledger = Upload a ledger
api-read-import = Read an import
api-dry-run-import = Dry run
api-run-import = Run
