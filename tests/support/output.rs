//! What a program that ran has said. Runs none.

use std::process::Output;

use serde_json::Value;

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("ended by a signal")
}

pub(crate) fn standard_output(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn standard_error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn json_lines(output: &Output) -> Vec<Value> {
    standard_output(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
