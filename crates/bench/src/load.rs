//! Eight clients ask for one page after the other, and the system's clocks say what it cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::client::Client;
use crate::pages::Asked;
use crate::process::{Server, cpu_of_postgres};

const CLIENTS: usize = 8;
const WARM_UP: Duration = Duration::from_millis(500);
const RUN: Duration = Duration::from_secs(4);

/// What one page cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub requests: usize,
    pub elapsed: Duration,
    /// CPU time of the server a request, and of the database's processes.
    pub server: Duration,
    pub database: Duration,
    pub p50: Duration,
    pub p99: Duration,
}

pub async fn measure(server: &mut Server, pages: &[Asked]) -> anyhow::Result<Vec<Cost>> {
    let mut costs = Vec::new();
    for page in pages {
        run(server, page, WARM_UP).await?;
        let (server_before, database_before) = (server.cpu()?, cpu_of_postgres()?);
        let begun = Instant::now();
        let mut times = run(server, page, RUN).await?;
        let elapsed = begun.elapsed();
        times.sort_unstable();
        let requests = times.len();
        let each = |before: Duration, after: Duration| (after - before) / u32::try_from(requests).unwrap_or(u32::MAX);
        let at = |share: usize| times[(requests * share / 1000).min(requests - 1)];
        costs.push(Cost {
            requests,
            elapsed,
            server: each(server_before, server.cpu()?),
            database: each(database_before, cpu_of_postgres()?),
            p50: at(500),
            p99: at(990),
        });
        println!("  {} ({}): {} requests", page.name, page.who, requests);
    }
    Ok(costs)
}

/// How long each request took, while all clients ask as fast as they are answered.
async fn run(server: &Server, page: &Asked, lasting: Duration) -> anyhow::Result<Vec<Duration>> {
    let over = Arc::new(AtomicBool::new(false));
    let ask_on = async |mut client: Client, over: Arc<AtomicBool>| -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::new();
        while !over.load(Ordering::Relaxed) {
            let begun = Instant::now();
            let (status, _) = client.ask(page).await?;
            ensure!(status < 400, "{} answers {status}", page.path);
            times.push(begun.elapsed());
        }
        Ok(times)
    };
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        clients.push(ask_on(Client::connect(&server.address).await?, over.clone()));
    }
    let timer = async {
        tokio::time::sleep(lasting).await;
        over.store(true, Ordering::Relaxed);
    };
    let (times, ()) = tokio::join!(futures_util::future::try_join_all(clients), timer);
    Ok(times?.into_iter().flatten().collect())
}
