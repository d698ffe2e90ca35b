//! A PostgreSQL server of one test alone, which it may stop and start: made with the programs of the server of
//! `PLEIN_TEST_POSTGRES`, under the same account.

use super::*;
use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    process::{Command, Stdio},
};

/// The server; stopped and removed when dropped.
pub struct Cluster {
    programs: PathBuf,
    account: (u32, u32),
    folder: PathBuf,
    port: u16,
}

/// Runs a behaviour on a PostgreSQL server of its own.
pub fn on_own_server<F: Future<Output = ()> + Send + 'static>(behaviour: fn(Engine, Arc<Cluster>) -> F) {
    if std::env::var_os("PLEIN_TEST_SQLITE_ONLY").is_some_and(|only| only == "1") {
        println!("left out: PLEIN_TEST_SQLITE_ONLY=1");
        return;
    }
    run(async {
        let cluster = Arc::new(Cluster::make().await);
        cluster.start();
        let engine = Engine::new(Some(cluster.url()));
        let outcome = tokio::spawn(behaviour(engine.clone(), cluster)).await;
        engine.tidy();
        outcome
    });
}

impl Cluster {
    async fn make() -> Self {
        let server = std::env::var("PLEIN_TEST_POSTGRES").expect("PLEIN_TEST_POSTGRES");
        let mut connection = sqlx::PgConnection::connect(&server).await.expect("the server");
        let (programs, data): (String, String) =
            sqlx::query_as("SELECT setting, current_setting('data_directory') FROM pg_config() WHERE name = 'BINDIR'")
                .fetch_one(&mut connection)
                .await
                .expect("where the server is");
        let owner = fs::metadata(&data).expect("a server on this machine");
        let folder = std::env::temp_dir().join(format!("plein-cluster-{}-{}", std::process::id(), next_number()));
        fs::create_dir_all(&folder).expect("a folder for the cluster");
        std::os::unix::fs::chown(&folder, Some(owner.uid()), Some(owner.gid())).expect("given to the account");
        let port = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr());
        let cluster = Self {
            programs: programs.into(),
            account: (owner.uid(), owner.gid()),
            folder,
            port: port.expect("a free port").port(),
        };
        cluster.call("initdb", &["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        cluster
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    pub fn start(&self) {
        let options = format!("-p {} -k {} -c listen_addresses=127.0.0.1", self.port, self.folder.display());
        self.call("pg_ctl", &["start", "-w", "-l", "/dev/null", "-o", &options]);
    }

    /// Ends all connections and stops, as an operator does.
    pub fn stop(&self) {
        self.call("pg_ctl", &["stop", "-w", "-m", "fast"]);
    }

    fn call(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program, arguments).status().expect("a program of PostgreSQL");
        assert!(status.success(), "{program} {arguments:?}: {status}");
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(arguments).current_dir("/").env("PGDATA", self.folder.join("data"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            // PostgreSQL refuses to run as root.
            command.uid(self.account.0).gid(self.account.1);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Stopped already, perhaps.
        let _ = self.command("pg_ctl", &["stop", "-w", "-m", "immediate"]).status();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
