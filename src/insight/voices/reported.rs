//! Speech that is told in the writer's words: "Lee believes that …", "according to Lee, …".
