//! Targets and headers.

use bitting_tests::{COMPANIES, KEYS, NAMED_KEYS, Request, Server};

use super::{MEMBERS, assert_well, calm, root, writer};

#[tokio::test]
async fn queries_of_no_sense_are_400() {
    let (server, token) = writer().await;
    let many = |text: &str, times: usize, between: &str| vec![text; times].join(between);
    for query in [
        many("id=1", 12_000, "&"),
        many("name=neq:x", 5_000, "&"),
        many("create_time=gt:2024-01-01", 2_000, "&"),
        format!("id=in:{}", many("1", 25_000, ",")),
        format!("name=in:{}", many("\u{61}", 25_000, ",")),
        format!("status=in:{}", many("active", 8_000, ",")),
        format!("create_time=nin:{}", many("2024-01-01", 5_000, ",")),
        format!("page={}", "9".repeat(400)),
        format!("page=1,{}", "9".repeat(10_000)),
        format!("page={}", many("1", 10_000, ",")),
        format!("q={}", "a".repeat(60_000)),
        format!("q={}", "%F0%9F%97%9D".repeat(3_001)),
        format!("sort={}", "-".repeat(60_000)),
        format!("fields={}", ",".repeat(60_000)),
        format!("view={}", "f".repeat(60_000)),
        format!("q=a&q_fields={}", many("secret", 5_000, ",")),
        format!("start_time={}", "2".repeat(60_000)),
        format!(
            "end_time=rf:{}",
            "2024-01-01 ".repeat(2_000).replace(' ', "%20")
        ),
        "start_time=0000-01-01".to_owned(),
        "start_time=gt:10000-01-01".to_owned(),
        "id=1e999".to_owned(),
        "id=-1".to_owned(),
        "id=NaN".to_owned(),
        "name=%00".to_owned(),
        "q=%FF%FE".to_owned(),
        "fields=%ED%A0%80".to_owned(),
        "page=1%00".to_owned(),
        "page=%31%2C%30".to_owned(),
    ] {
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        let answer = calm(&server, &request).await;
        let start: String = query.chars().take(60).collect();
        assert_eq!(answer.status, 400, "{start}");
        assert!(
            answer.body.len() < 20_000,
            "{start}: the answer is as large as the query"
        );
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn queries_of_little_sense_are_answered() {
    let (server, token) = writer().await;
    for query in [
        format!("sort={}", vec!["id"; 10_000].join(",")),
        format!("sort={}", vec!["-name"; 5_000].join(",")),
        format!("fields={}", vec!["id"; 10_000].join(",")),
        format!("fields={}", vec!["+id+"; 5_000].join(",")),
        format!("id={}", "9".repeat(400)),
        format!("id=rf:1,{}", "9".repeat(10_000)),
        format!("name=in:{}", vec!["a"; 1_000].join(",")),
        format!("name={}", "%22".repeat(10_000)),
        format!("name={}", "%2C".repeat(10_000)),
        format!("name=in:{}", "%22".repeat(10_000)),
        format!("name={}", "n".repeat(60_000)),
        format!("q={}", "%F0%9F%97%9D".repeat(1_000)),
        "&".repeat(60_000),
        "=".repeat(60_000),
        "%".repeat(60_000),
        "x&".repeat(30_000),
        "a=1&".repeat(15_000),
        "create_time=rf:0001-01-01,9999-12-31".to_owned(),
        "end_time=in:0001-01-01,9999-12-31".to_owned(),
        "name=%F0%9F%97%9D%CC%81%E2%80%AE".to_owned(),
        "q=%25%5F%5C%27%22%3B--".to_owned(),
        "name='%20OR%201=1--".to_owned(),
    ] {
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        let answer = calm(&server, &request).await;
        let start: String = query.chars().take(60).collect();
        assert_eq!(answer.status, 200, "{start}");
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn k20_queries_of_no_sense_are_400_on_bittings_own_api() {
    let (server, token) = root().await;
    for query in [
        "limit=1&".repeat(7_000),
        "page_token=x&".repeat(4_000),
        "x&".repeat(30_000),
        "a=1&".repeat(15_000),
        "=".repeat(60_000),
        "%".repeat(60_000),
        "limit".to_owned() + &"t".repeat(60_000),
        format!("limit={}", "9".repeat(60_000)),
        format!("limit=1{}", "0".repeat(400)),
        format!("limit=-{}", "0".repeat(400)),
        "limit=1e2".to_owned(),
        "limit=0x10".to_owned(),
        "limit=NaN".to_owned(),
        "limit=1%00".to_owned(),
        "limit=%ED%A0%80".to_owned(),
        "limit[]=1".to_owned(),
        "limit=1;page_token=x".to_owned(),
        format!("page_token={}", "0".repeat(44)),
        format!("page_token={}", "f".repeat(44)),
        format!("page_token={}", "0".repeat(60_000)),
        format!("page_token={}", "%30".repeat(20_000)),
        "page_token=%00".to_owned(),
        "page_token=%FF%FE".to_owned(),
        "page_token=%F0%9F%97%9D".to_owned(),
        "page_token='%20OR%201=1--".to_owned(),
    ] {
        for path in [COMPANIES, MEMBERS] {
            let request = Request::get(format!("{path}?{query}")).bearer(&token);
            let answer = calm(&server, &request).await;
            let start: String = query.chars().take(60).collect();
            assert_eq!(answer.status, 400, "{path} {start}");
            assert!(
                answer.body.len() < 2_000,
                "{path} {start}: the answer is as large as the query"
            );
        }
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn f20_f51_queries_are_not_looked_at_on_the_surface_of_named_keys() {
    let (server, token) = root().await;
    server.named("x").await;
    for query in [
        "&".repeat(60_000),
        "%".repeat(60_000),
        "a=1&".repeat(15_000),
        format!("name={}", "%FF".repeat(20_000)),
        "name='%20OR%201=1--".to_owned(),
    ] {
        for path in [
            NAMED_KEYS,
            "/v0/api_keys/x",
            "/v0/config",
            "/v0/cluster_healthz",
            "/config/authentication",
            "/healthz",
        ] {
            let request = Request::get(format!("{path}?{query}")).bearer(&token);
            let answer = calm(&server, &request).await;
            assert_eq!(answer.status, 200, "{path}");
        }
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn f30_k5_paths_of_no_sense_are_404_or_400_on_every_surface() {
    let (server, token) = root().await;
    server.named("x").await;
    for segment in [
        "%FF".to_owned(),
        "%00".to_owned(),
        "%C0%80".to_owned(),
        "%".to_owned(),
        "%2".to_owned(),
        "9".repeat(60_000),
        "%39".repeat(10_000),
        "%F0%9F%97%9D".repeat(5_000),
        "-0".to_owned(),
        "1e3".to_owned(),
        "0x1".to_owned(),
        "x;x=y".to_owned(),
        "%2e%2e".to_owned(),
        "../../etc/passwd".to_owned(),
        "..%2F..%2Fetc%2Fpasswd".to_owned(),
        "x/../x".to_owned(),
        "'%20OR%20'1'='1".to_owned(),
        "x%27--".to_owned(),
        "*".to_owned(),
        "x%0d%0aset-cookie:%20a=b".to_owned(),
    ] {
        for path in [
            format!("{NAMED_KEYS}/{segment}"),
            format!("{COMPANIES}/{segment}"),
            format!("{COMPANIES}/{segment}/members"),
            format!("{MEMBERS}/{segment}"),
        ] {
            let start: String = path.chars().take(60).collect();
            for request in [Request::get(&path), Request::delete(&path)] {
                let answer = calm(&server, &request.bearer(&token)).await;
                let refused = matches!(answer.status, 400 | 404 | 405);
                assert!(refused, "{start} {}", answer.status);
                assert_eq!(answer.header("set-cookie"), None, "{start}");
            }
        }
    }
    assert_well(&server, &token).await;
    let kept = Request::get("/v0/api_keys/x").bearer(&token);
    server.send(&kept).await.expect(200);
}

#[tokio::test]
async fn lists_of_a_thousand_values_in_a_hundred_filters_are_answered_or_refused() {
    let (server, token) = writer().await;
    server.personal("x").await;
    let values = vec!["a"; 600].join(",");
    let names = vec![format!("name=nin:{values}"); 40].join("&");
    let days = (1..=28).map(|day| format!("2024-01-{day:02}"));
    let days = days.collect::<Vec<_>>().join(",");
    let days = vec![format!("create_time=nin:{days}"); 100].join("&");
    for query in [names, days] {
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        calm(&server, &request).await;
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn the_largest_lists_that_fit_into_a_target_are_answered() {
    let (server, token) = writer().await;
    server.personal("x").await;
    for filter in ["in", "nin"] {
        let empty = format!("name={filter}:{}", ",".repeat(999));
        let query = vec![empty; 34].join("&");
        let request = Request::get(format!("{KEYS}?{query}")).bearer(&token);
        let answer = calm(&server, &request).await.expect(200);
        assert_eq!(answer.json()["total"], u64::from(filter == "nin"));
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn paths_of_no_sense_are_404_or_400() {
    let (server, token) = writer().await;
    for path in [
        format!("{KEYS}/%FF"),
        format!("{KEYS}/%00"),
        format!("{KEYS}/%C0%80"),
        format!("{KEYS}/%"),
        format!("{KEYS}/%2"),
        format!("{KEYS}/{}", "9".repeat(60_000)),
        format!("{KEYS}/{}", "%39".repeat(10_000)),
        format!("{KEYS}/-0"),
        format!("{KEYS}/1e3"),
        format!("{KEYS}/0x1"),
        format!("{KEYS}/1;x=y"),
        format!("{KEYS}/%2e%2e"),
        format!("{KEYS}/../../etc/passwd"),
        format!("{KEYS}/..%2F..%2Fetc%2Fpasswd"),
        format!("{KEYS}/1/../2"),
        "/.".to_owned(),
        format!("/{}", "a/".repeat(20_000)),
    ] {
        let request = Request::get(&path).bearer(&token);
        let answer = calm(&server, &request).await;
        let start: String = path.chars().take(60).collect();
        assert!(
            matches!(answer.status, 400 | 404),
            "{start} {}",
            answer.status
        );
    }
    assert_well(&server, &token).await;
}

#[tokio::test]
async fn o1_more_than_one_slash_is_no_other_path() {
    let (server, token) = writer().await;
    let key = server.personal("x").await;
    for path in [
        format!("{KEYS}//{}", key.number),
        format!("/{KEYS}/{}///", key.number),
    ] {
        let answer = calm(&server, &Request::get(&path).bearer(&token)).await;
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[tokio::test]
async fn o2_f1_k2_credentials_of_no_sense_are_401_on_every_surface() {
    let (server, token) = writer().await;
    for path in [KEYS, NAMED_KEYS, "/v0/config", COMPANIES, MEMBERS] {
        credentials_of_no_sense_are_401(&server, &token, path).await;
    }
    assert_well(&server, &token).await;
}

async fn credentials_of_no_sense_are_401(server: &Server, token: &str, path: &str) {
    let get = || Request::get(path);
    let with = |value: &[u8]| get().header("authorization", value);
    let mut many = get();
    for _ in 0..50 {
        many = many.bearer(token);
    }
    for request in [
        many,
        get().bearer(token).header("authorization", "Basic eDp5"),
        get().header("authorization", "Basic eDp5").bearer(token),
        with(format!("Bearer {}", "a".repeat(60_000)).as_bytes()),
        with(format!("Bearer {}", ".".repeat(60_000)).as_bytes()),
        with(format!("Bearer {}", "_".repeat(60_000)).as_bytes()),
        with(b"Bearer \xF0\x9F\x97\x9D"),
        with(b"Bearer\t0123456789abcdef0123456789abcdef01234567"),
        with(b"Bearer 0123456789abcdef0123456789abcdef01234567, Bearer x"),
        with(b"Bearer bit_"),
        with(b"Bearer apikey:"),
        with(b"Bearer .."),
        with(b"Bearer '; DROP TABLE api_key; --"),
    ] {
        let answer = calm(server, &request).await;
        assert_eq!(answer.status, 401, "{path}");
    }
}
