#include "model/device.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

TEST(Device, IsReadWhole) {
  const auto device = parse_device(R"({
    "_id": "desk", "name": "Desk phone", "owner_id": "anna", "enabled": false,
    "device_type": "softphone", "suppress_unregister_notifications": true,
    "sip": {"method": "password", "username": "user_7k3", "invite_format": "username",
            "qualify_s": 60,
            "custom_sip_headers": {"in": {"X-A": "1"}, "out": {"X-Department": "Sales"}}},
    "media": {"encryption": {"enforce_security": true}, "transcode": false},
    "limits": {"concurrent_calls": 2},
    "do_not_disturb": {"enabled": true},
    "mac_address": "00:11:22:33:44:55", "provision": {"combo_keys": {}}})");
  ASSERT_TRUE(device) << one_line(device.error().front());
  EXPECT_EQ(device->id, "desk");
  EXPECT_EQ(device->name, "Desk phone");
  EXPECT_EQ(device->owner_id, "anna");
  EXPECT_FALSE(device->enabled);
  EXPECT_EQ(device->type, DeviceType::softphone);
  EXPECT_EQ(device->username, "user_7k3");
  EXPECT_EQ(device->invite_format, InviteFormat::username);
  EXPECT_EQ(device->headers, (std::vector<CustomHeader>{{"X-Department", "Sales"}}));
  EXPECT_EQ(device->calls_max, 2);
  EXPECT_EQ(device->qualify, std::chrono::seconds{60});
  EXPECT_TRUE(device->srtp);
  EXPECT_FALSE(device->transcode);
  EXPECT_TRUE(device->calls.do_not_disturb);
  EXPECT_TRUE(device->suppress_unregister_notifications);
  EXPECT_TRUE(device->secret.empty());
  EXPECT_NE(serialize(*device).find(R"("provision":{"combo_keys":{}})"), std::string::npos);
}

TEST(Device, KazoosOlderMapOfHeadersIsReadToo) {
  const auto device = parse_device(
      R"({"name": "d", "sip": {"username": "u", "custom_sip_headers": {"X-A": "1"}}})");
  ASSERT_TRUE(device);
  EXPECT_EQ(device->headers, (std::vector<CustomHeader>{{"X-A", "1"}}));
}

TEST(Device, WhatDoesNotRegisterNeedsNoUsername) {
  const auto door = parse_device(
      R"({"name": "Door", "device_type": "sip_uri", "sip": {"route": "sip:door@192.0.2.7"}})");
  ASSERT_TRUE(door) << one_line(door.error().front());
  EXPECT_EQ(door->invite_format, InviteFormat::route);
  EXPECT_FALSE(registers(door->type));
  const auto mobile = parse_device(R"({"name": "Mobile", "device_type": "cellphone",
      "call_forward": {"enabled": true, "number": "+491701234567"}})");
  ASSERT_TRUE(mobile) << one_line(mobile.error().front());
}

TEST(Device, WhatIsWrongIsToldWithItsPlace) {
  const std::string long_name(sip_username_chars_max + 1, 'u');
  const struct {
    std::string text;
    const char* pointer;
    const char* code;
  } cases[] = {
      {R"({"name": "d"})", "/sip/username", "missing"},
      {R"({"sip": {"username": "u"}})", "/name", "missing"},
      {R"({"name": "", "sip": {"username": "u"}})", "/name", "bad-length"},
      {R"({"name": "d", "sip": {"username": "a b"}})", "/sip/username", "bad-value"},
      {R"({"name": "d", "sip": {"username": ")" + long_name + "\"}}", "/sip/username",
       "bad-value"},
      {R"({"name": "d", "sip": {"username": "u", "password": "p"}})", "/sip/password",
       "secret-in-document"},
      {R"({"name": "d", "sip": {"username": "u", "ha1": {}}})", "/sip/ha1",
       "secret-in-document"},
      {R"({"name": "d", "sip": {"username": "u", "method": "ip"}})", "/sip/method",
       "bad-value"},
      {R"({"name": "d", "device_type": "fax"})", "/device_type", "bad-value"},
      {R"({"name": "d", "device_type": "sip_uri"})", "/sip/route", "missing"},
      {R"({"name": "d", "device_type": "sip_uri", "sip": {"route": "http://x"}})", "/sip/route",
       "bad-value"},
      {R"({"name": "d", "device_type": "landline"})", "/call_forward", "missing"},
      {R"({"name": "d", "owner_id": "/etc", "sip": {"username": "u"}})", "/owner_id",
       "bad-value"},
      {R"({"name": "d", "limits": {"concurrent_calls": 0}, "sip": {"username": "u"}})",
       "/limits/concurrent_calls", "bad-value"},
      {R"({"name": "d", "sip": {"username": "u", "qualify_s": 14}})", "/sip/qualify_s",
       "bad-value"},
      {R"({"name": "d", "sip": {"username": "u", "qualify_s": 3601}})", "/sip/qualify_s",
       "bad-value"},
      {R"({"name": "d", "sip": {"username": "u", "custom_sip_headers": {"Via": "x"}}})",
       "/sip/custom_sip_headers/Via", "header-not-allowed"},
      {R"({"name": "d", "sip": {"username": "u", "custom_sip_headers": {"X A": "x"}}})",
       "/sip/custom_sip_headers/X A", "header-not-allowed"},
      {R"({"name": "d", "sip": {"username": "u", "custom_sip_headers": {"X-A": "a\r\nVia: b"}}})",
       "/sip/custom_sip_headers/X-A", "bad-value"},
  };
  for (const auto& c : cases) {
    const auto device = parse_device(c.text);
    ASSERT_FALSE(device) << c.text;
    EXPECT_EQ(device.error().front().pointer, c.pointer) << c.text;
    EXPECT_EQ(device.error().front().code, c.code) << c.text;
  }
}

TEST(Device, HeadersHaveALimit) {
  std::string headers;
  for (std::size_t i = 0; i <= custom_headers_max; ++i) {
    headers += (i == 0 ? "" : ",") + ("\"X-" + std::to_string(i)) + "\": \"1\"";
  }
  const auto device = parse_device(
      R"({"name": "d", "sip": {"username": "u", "custom_sip_headers": {)" + headers + "}}}");
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().front().code, "too-many");
}

TEST(Device, TheRealmOfAnAccountWithoutADomainIsTheProgramsName) {
  EXPECT_EQ(digest_realm("pbx.example.com"), "pbx.example.com");
  EXPECT_EQ(digest_realm(""), "strowger");
}

}  // namespace
}  // namespace strowger::model
