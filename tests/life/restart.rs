//! What is there before a restart is there after it.

use bitting_tests::{KEYS, Request, binary::Process};
use tempfile::tempdir;

use super::{accepts, create, root_key, text};

#[tokio::test]
async fn keys_secrets_and_their_sealed_copies_survive_a_restart() {
    let data = tempdir().expect("a directory");
    let mut server = Process::serve(data.path(), &[]);
    let root = root_key(data.path());
    let kept = create(&server, &root, "kept").await;
    let rolled = create(&server, &root, "rolled").await;
    let gone = create(&server, &root, "gone").await;
    let item = |key| format!("{KEYS}/{}", text(key, "id"));
    let roll = Request::post(item(&rolled) + "/roll").bearer(&root);
    let fresh = server.send(&roll).await.expect(200).json();
    server
        .send(&Request::delete(item(&gone)).bearer(&root))
        .await
        .expect(204);
    let list = Request::get(format!("{KEYS}?view=full")).bearer(&root);
    let before = server.send(&list).await.expect(200);
    assert!(server.stop().status.success());

    let mut server = Process::serve(data.path(), &[]);
    let after = server.send(&list).await.expect(200);
    assert_eq!(after.text(), before.text());
    assert!(accepts(&server, text(&kept, "secret")).await);
    assert!(accepts(&server, text(&fresh, "secret")).await);
    assert!(!accepts(&server, text(&rolled, "secret")).await);
    assert!(!accepts(&server, text(&gone, "secret")).await);
    let next = create(&server, &root, "next").await;
    let number = |key| text(key, "id").parse::<u64>().expect("digits");
    assert!(number(&next) > number(&gone), "O5: an id was given again");
    assert!(server.stop().status.success());
}

#[tokio::test]
async fn o33_sealing_may_be_turned_off_and_on_again() {
    let data = tempdir().expect("a directory");
    let shown = async |arguments: &[&str]| {
        let mut server = Process::serve(data.path(), arguments);
        let root = root_key(data.path());
        create(&server, &root, "x").await;
        let list = Request::get(format!("{KEYS}?fields=secret")).bearer(&root);
        let page = server.send(&list).await.expect(200).json();
        assert!(server.stop().status.success());
        let items = page["items"].as_array().expect("items").clone();
        items
            .iter()
            .map(|item| item["secret"].is_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]).await, [true]);
    assert_eq!(shown(&["--seal-secrets", "false"]).await, [false, false]);
    assert_eq!(
        shown(&["--seal-secrets", "true"]).await,
        [true, false, true]
    );
}

#[tokio::test]
async fn an_initialised_store_is_served_with_its_first_key() {
    let data = tempdir().expect("a directory");
    let path = data.path().to_str().expect("text");
    let made = bitting_tests::binary::run_json(&["init", "--data", path]);
    let mut server = Process::serve(data.path(), &[]);
    assert!(
        !data.path().join("root.key").exists(),
        "init printed it already"
    );
    let key = create(&server, text(&made, "secret"), "x").await;
    assert_eq!(key["company_id"], made["company_id"]);
    assert!(server.stop().status.success());
}
