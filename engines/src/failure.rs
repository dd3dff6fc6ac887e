//! Why there is no answer: a kind that decides whether asking again helps, and one sentence.

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// `unreachable`, `worker-lost` or `refused`.
    pub kind: &'static str,
    /// What was said, with what to do.
    pub words: String,
}

const NOTHING_THERE: &str =
    "the file is not there, or it may not see it; put it where every worker can read it";

/// Signs in what engines say, lower case, and what they mean. The first that is met counts: what is particular
/// stands before what is general, because an engine wraps the one in the other.
const SIGNS: [(&[&str], &str, &str); 10] = [
    (
        &[
            "unauthenticated",
            "authentication token",
            "permission denied: ",
            "invalid token",
        ],
        "refused",
        "it does not know the token; put the right one into WHOLEPLACE_SERVER as `;token=…`",
    ),
    (
        &[
            "no space left on device",
            "disk quota exceeded",
            "disk is full",
        ],
        "refused",
        "a disk of one of its workers is full; make room there, and ask again",
    ),
    (
        &[
            "java heap space",
            "outofmemory",
            "out of memory",
            "resources exhausted",
            "gc overhead",
        ],
        "refused",
        "it ran out of memory; give it more, or ask about fewer files at once",
    ),
    (
        &[
            "path_not_found",
            "path does not exist",
            "no such file",
            "filenotfound",
            "no files found",
            "not found: ",
            "file does not exist",
            "table_or_view_not_found",
            "table with name",
            "unable_to_infer_schema",
        ],
        "refused",
        NOTHING_THERE,
    ),
    (
        &[
            "to spark data type",
            "unsupported parquet",
            "illegal parquet type",
            "parquet_type_",
        ],
        "refused",
        "a column of the file is of a type that it does not read; write it as plain texts, whole numbers or decimals",
    ),
    (
        &[
            "underlying files have been updated",
            "failed_read_file",
            "parquet_column_data_type_mismatch",
            "schemacolumnconvert",
            "unresolved_column",
            "incompatible schema",
            "schema mismatch",
            "cannot_read_file_footer",
            "not a parquet file",
            "no magic bytes",
            "parquet error",
            "parquet argument error",
        ],
        "refused",
        "the file cannot be read as Parquet, or is no longer as it was when it was opened; make it again, and leave it \
         as it is while it is asked about",
    ),
    (
        &[
            "arithmetic_overflow",
            "numeric_value_out_of_range",
            "overflow",
        ],
        "refused",
        "a sum is too large to be kept to the penny",
    ),
    (
        &[
            "session_closed",
            "session_not_found",
            "session_changed",
            "invalid_handle",
            "session not found",
        ],
        "worker-lost",
        "its session is gone, as after a restart",
    ),
    (
        &[
            "executorlostfailure",
            "executor lost",
            "heartbeat",
            "task was aborted",
            "stage failure",
            "worker lost",
            "lost worker",
            "fetchfailed",
            "worker is not",
        ],
        "worker-lost",
        "a worker went away under it",
    ),
    (
        &[
            "unavailable",
            "connection refused",
            "transport error",
            "tcp connect",
            "dns error",
            "broken pipe",
            "connection reset",
            "stream closed",
            "h2 protocol error",
            "operation was canceled",
        ],
        "unreachable",
        "it went away",
    ),
];

impl Failure {
    pub fn refused(words: impl Into<String>) -> Self {
        Self {
            kind: "refused",
            words: words.into(),
        }
    }

    pub fn nothing_there() -> Self {
        Self::refused(NOTHING_THERE)
    }

    pub fn unreachable(words: impl Into<String>) -> Self {
        Self {
            kind: "unreachable",
            words: words.into(),
        }
    }

    /// What an engine says, told apart by its words: clients have one kind for all that a server says.
    /// The first line of them is kept, because a server may send the trace of its program along.
    pub fn said(words: &str) -> Self {
        let lower = words.to_lowercase();
        let met = |signs: &&[&str]| signs.iter().any(|sign| lower.contains(sign));
        match SIGNS.iter().find(|(signs, _, _)| met(signs)) {
            Some((_, kind, sentence)) => Self {
                kind,
                words: (*sentence).to_owned(),
            },
            None => {
                let first = words.lines().find(|line| !line.trim().is_empty());
                Self::refused(
                    first
                        .unwrap_or("it said nothing")
                        .chars()
                        .take(300)
                        .collect::<String>(),
                )
            }
        }
    }

    /// The same without a token in it.
    pub fn without(mut self, token: Option<&str>) -> Self {
        if let Some(token) = token.filter(|token| !token.is_empty()) {
            self.words = self.words.replace(token, "…");
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginnings of what Spark 4.3 and Sail 0.7 said when it was done to them.
    #[test]
    fn what_is_particular_is_told_from_what_it_is_wrapped_in() {
        for (said, kind, word) in [
            (
                "[Internal error] Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent \
                 failure: Lost task 0.3 in stage 3.0 (TID 9) (127.0.0.1 executor 1): java.io.IOException: No space \
                 left on device",
                "refused",
                "disk",
            ),
            (
                "Job aborted due to stage failure: ... ExecutorLostFailure (executor 0 exited caused by one of the \
                 running tasks)",
                "worker-lost",
                "worker",
            ),
            (
                "[PATH_NOT_FOUND] Path does not exist: file:/lake/a.parquet. SQLSTATE: 42K03",
                "refused",
                "not there",
            ),
            (
                "[The request does not have valid authentication credentials] Invalid authentication token",
                "refused",
                "token",
            ),
            (
                "[The service is currently unavailable] tcp connect error",
                "unreachable",
                "away",
            ),
        ] {
            let failure = Failure::said(said);
            assert_eq!(failure.kind, kind, "{said}");
            assert!(failure.words.contains(word), "{said}: {}", failure.words);
        }
    }

    #[test]
    fn what_nobody_knows_is_passed_on_without_its_trace_and_without_the_token() {
        let failure = Failure::said("\nodd Sesame\n\tat org.apache.spark").without(Some("Sesame"));
        assert_eq!(failure, Failure::refused("odd …"));
    }
}
