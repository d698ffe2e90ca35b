//! The program itself signs: while it runs, and when it is asked to stop.

use super::*;
use std::{
    io::{BufRead, BufReader, Read, Write},
    process::Stdio,
};

both_engines! {
    async fn a_demonstration_signs_its_log_at_the_end_and_a_witness_has_it(engine: Engine) {
        let folder = |name: &str| engine.folder.join(name).display().to_string();
        let data = folder("data");
        std::fs::create_dir_all(engine.folder.join("outside")).unwrap();
        let witness = folder("outside/checkpoints.txt");
        let mut databases: Vec<String> = Vec::new();
        if let Some(url) = &engine.url {
            databases.extend(["--postgres", url, "--keyring-postgres", url].map(str::to_owned));
        }
        let mut server = Command::new(env!("CARGO_BIN_EXE_plein"))
            .args(["demo", "--small", "--port", "0", "--data", &data, "--witness-file", &witness])
            .args(&databases)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = told.find_map(|line| Some(line.split_once("is ready: http://")?.1.to_owned()));
        let address = address.expect("it did not start").trim_end_matches('/').to_owned();
        // Who gets an answer finds a server that listens to the wish to stop.
        let mut visit = std::net::TcpStream::connect(&address).unwrap();
        visit.write_all(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        visit.read_to_end(&mut answer).unwrap();
        assert!(!answer.is_empty(), "it did not answer");
        let asked = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
        assert!(asked.success() && server.wait().unwrap().success());

        let key = ledger_command(&["key", "--data", &data]).out.trim().to_owned();
        let export = folder("demo.export");
        let mut command = vec!["export", "--out", &export, "--data", &data];
        command.extend(databases.iter().map(String::as_str));
        ledger_command(&command).well(&[]);
        let said = ledger_command(&["verify", &export, "--key", &key, "--checkpoints", &witness]);
        said.well(&["SOUND", "of witnesses"]);
        assert!(!said.out.contains("stand under none yet"), "all lines are signed: {said:?}");
        let misplaced = folder("data/witness.txt");
        let refused = Command::new(env!("CARGO_BIN_EXE_plein"))
            .args(["demo", "--port", "0", "--data", &data, "--witness-file", &misplaced])
            .args(&databases)
            .output()
            .unwrap();
        assert!(String::from_utf8_lossy(&refused.stderr).contains("belongs in another folder"), "{refused:?}");
    }
}
