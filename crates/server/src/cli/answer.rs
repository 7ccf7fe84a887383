//! What a verb refused, in words for a terminal.

use kehu_core::Locale;
use kehu_platform::Error;

/// The refusal as an error of the command: one line a field.
pub fn refused(error: Error) -> anyhow::Error {
    match error {
        Error::Invalid(invalid) => {
            let lines: Vec<String> =
                invalid.errors().iter().map(|e| format!("{}: {}", e.field, e.message.text(Locale::En))).collect();
            anyhow::anyhow!(lines.join("\n"))
        }
        Error::Conflict { message, .. } => anyhow::anyhow!(message.text(Locale::En)),
        other => anyhow::Error::new(other),
    }
}
