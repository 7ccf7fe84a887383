//! Serving: listens until it is told to stop, then lets the requests and jobs in hand finish.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use kehu_platform::web::App;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long requests in hand may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Serves the product on the listener until the token is cancelled.
pub async fn serve(app: App, listener: TcpListener, stop: CancellationToken) -> anyhow::Result<()> {
    let router = crate::compose::router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let background = crate::compose::background(&app);
    let stopped = stop.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move { stopped.cancelled().await });
    tokio::select! {
        outcome = async { server.await } => outcome.context("serving")?,
        // Open event streams would hold the server for ever.
        () = async { stop.cancelled().await; tokio::time::sleep(GRACE).await } => {}
    }
    for task in background {
        task.abort();
    }
    app.tasks.close();
    if tokio::time::timeout(GRACE, app.tasks.wait()).await.is_err() {
        tracing::warn!("stopped with work still in hand");
    }
    Ok(())
}

/// Cancelled by Ctrl-C or by the service manager's SIGTERM.
pub fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let signalled = stop.clone();
    tokio::spawn(async move {
        let terminate = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminate => {}
        }
        signalled.cancel();
    });
    stop
}

/// Opens the address to listen on.
pub async fn listen(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))
}
