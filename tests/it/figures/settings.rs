//! The settings of the estate, twice: for the engine, and as a configuration for the program itself.

use linli::{domain::feature::World, features};
use serde_json::json;

use crate::fake::estate;

/// The settings as in production, but for two long lists that say nothing of how it is counted.
pub fn world() -> World {
    let section = json!({"morning_list": false, "weekly_list": false});
    estate::world_set(features::ALL, "tickets", &section)
}

/// A configuration of the same estate.
pub const CONFIG: &str = r#"data = "data"
[account]
homeserver = "http://127.0.0.1:9"
user = "@linli:hexie.test"
[[community]]
id = "hexie"
name = "和谐花园"
language = "zh-CN"
timezone = "Asia/Shanghai"
hours = "08:00-20:00"
[community.rooms]
space = "!space:hexie.test"
staff = "!staff:hexie.test"
notice = "!notice:hexie.test"
[[community.building]]
name = "1"
units = ["1", "2"]
room = "!1:hexie.test"
[[community.building]]
name = "2"
units = ["1", "2"]
room = "!2:hexie.test"
[[community.building]]
name = "3"
units = ["1", "2"]
room = "!3:hexie.test"
[[community.person]]
user = "@wang:hexie.test"
name = "王师傅"
roles = ["staff"]
trades = ["electric"]
[[community.person]]
user = "@zhang:hexie.test"
name = "张师傅"
roles = ["staff"]
trades = ["plumbing"]
[[community.person]]
user = "@liu:hexie.test"
name = "前台小刘"
roles = ["staff"]
trades = ["desk"]
[[community.person]]
user = "@zhou:hexie.test"
name = "管理员老周"
roles = ["moderator"]
[[community.person]]
user = "@lin:hexie.test"
name = "林经理"
roles = ["manager"]
[community.features.tickets]
morning_list = false
weekly_list = false
"#;
