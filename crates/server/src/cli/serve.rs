//! `kehu serve`.

use clap::Args;
use kehu_core::Clock;
use kehu_platform::web::App;
use kehu_platform::web::api::Rates;

use crate::config::Config;
use crate::{compose, serve};

/// Where to listen unless told otherwise.
pub const LISTEN: &str = "127.0.0.1:8210";

#[derive(Args, Debug)]
pub struct Serve {
    /// Address to listen on [default: 127.0.0.1:8210]
    #[arg(long, env = "KEHU_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
    /// Send cookies over TLS only: set when a proxy in front serves https
    #[arg(long, env = "KEHU_SECURE_COOKIES")]
    secure_cookies: bool,
    /// How many requests a minute one API token may make
    #[arg(long, env = "KEHU_API_RATE", value_name = "N", default_value_t = 600)]
    api_rate: u32,
}

impl Serve {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let address = self.listen.or_else(|| config.file.listen.clone()).unwrap_or_else(|| LISTEN.to_owned());
        let db = config.open().await?;
        let secure = self.secure_cookies || config.file.secure_cookies.unwrap_or(false);
        let app = App { rates: Rates::a_minute(self.api_rate), ..compose::app(db, Clock::system(), secure) };
        let listener = serve::listen(&address).await?;
        tracing::info!(address = %listener.local_addr()?, "serving");
        serve::serve(app, listener, serve::stop_signal()).await
    }
}
