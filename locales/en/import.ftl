# Importing a ledger: the command line
would-be-done = What would be done (nothing was written)
was-done = Imported
rows-read = { $rows } rows of data, { $duplicates } of them for a company named before
accounts = accounts
contacts = contacts
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
