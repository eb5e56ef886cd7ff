//! O7: a status is what the clock says at the moment of reading.

use bitting_tests::{Request, Seed};

use super::{item, list, shelf::letters, writer};

#[tokio::test]
async fn o7_time_alone_moves_a_key_from_pending_to_active_to_expired_and_back() {
    let (server, token) = writer().await;
    let seed = Seed::personal("x")
        .start("2024-09-01 00:00:00")
        .end("2024-10-01 00:00:00");
    let key = server.plant(seed).await;
    let view = Request::get(item(key.number)).bearer(&token);
    for (now, status) in [
        ("2024-08-31 23:59:59", "pending"),
        ("2024-09-01 00:00:00", "active"),
        ("2024-09-30 23:59:59", "active"),
        ("2024-10-01 00:00:00", "expired"),
        ("2024-09-15 00:00:00", "active"),
        ("2024-01-02 00:00:00", "pending"),
    ] {
        server.clock.set(now);
        let shown = server.send(&view).await.expect(200).json();
        assert_eq!(shown["status"], status, "{now}");
        assert_eq!(shown["update_time"], "2024-01-01 00:00:00", "O34");
        for other in ["active", "pending", "expired"] {
            let found = letters(&server, &token, &[("status", other)]).await;
            assert_eq!(found == "x", other == status, "{now} status={other}");
        }
    }
}

#[tokio::test]
async fn o7_the_order_by_status_follows_the_clock() {
    let (server, token) = writer().await;
    let key = |name| Seed::personal(name);
    server.plant(key("a").end("2024-09-01 00:00:00")).await;
    server.plant(key("b").start("2024-09-01 00:00:00")).await;
    server.plant(key("c").start("2024-08-01 00:00:00")).await;
    let sorted = [("sort", "status")];
    for (now, order) in [
        ("2024-08-09 00:00:00", "acb"),
        ("2024-09-01 00:00:00", "bca"),
        ("2024-08-31 23:59:59", "acb"),
        ("2024-07-01 00:00:00", "abc"),
    ] {
        server.clock.set(now);
        assert_eq!(letters(&server, &token, &sorted).await, order, "{now}");
    }
}

#[tokio::test]
async fn o7_what_was_revoked_or_disabled_elsewhere_is_expired_even_before_its_start() {
    let (server, token) = writer().await;
    let future = || Seed::personal("x").start("2030-01-01 00:00:00");
    server.plant(future().revoked()).await;
    server.plant(future().disabled()).await;
    let answer = server.send(&list(&token, &[])).await.expect(200).json();
    assert_eq!(answer["items"][0]["status"], "expired");
    assert_eq!(answer["items"][1]["status"], "expired");
    assert_eq!(
        letters(&server, &token, &[("status", "expired")]).await,
        "xx"
    );
    assert_eq!(letters(&server, &token, &[("status", "pending")]).await, "");
}

#[tokio::test]
async fn o34_a_change_and_a_roll_move_the_update_time_and_nothing_else_does() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    let path = item(key.number);
    let updated = async |now: &str, request: Request| {
        server.clock.set(now);
        let answer = server.send(&request.bearer(&token)).await;
        assert!(answer.status < 300, "{answer:?}");
        let view = Request::get(&path).bearer(&token);
        let shown = server.send(&view).await.expect(200).json();
        shown["update_time"].as_str().expect("a time").to_owned()
    };
    let changed = "2024-08-10 00:00:00";
    let patch = Request::patch(&path).json(r#"{"name":"y"}"#);
    assert_eq!(updated(changed, patch).await, changed);
    for read in [
        &*path,
        super::KEYS,
        "/v2/ocamba/personal-api-keys?status=active",
    ] {
        let time = updated("2024-08-11 00:00:00", Request::get(read)).await;
        assert_eq!(time, changed, "{read}");
    }
    let rolled = "2024-08-12 00:00:00";
    let roll = Request::post(format!("{path}/roll"));
    assert_eq!(updated(rolled, roll).await, rolled);
}

#[tokio::test]
async fn o34_the_update_time_never_goes_back_even_where_the_clock_does() {
    let (server, token) = writer().await;
    let key = server
        .plant(Seed::personal("x").created("2024-08-09 13:00:00"))
        .await;
    let path = item(key.number);
    server.clock.set("2024-08-09 12:00:00");
    for change in [
        Request::patch(&path).json(r#"{"name":"y"}"#),
        Request::post(format!("{path}/roll")),
    ] {
        let answer = server.send(&change.bearer(&token)).await;
        assert!(answer.status < 300, "{answer:?}");
        let view = Request::get(&path).bearer(&token);
        let shown = server.send(&view).await.expect(200).json();
        assert_eq!(shown["update_time"], "2024-08-09 13:00:00");
    }
}
