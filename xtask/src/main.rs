//! Project commands.

mod vendor;

fn main() -> anyhow::Result<()> {
    vendor::run()
}
