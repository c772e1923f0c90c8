// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/json_object.h>

#include <cmath>
#include <cstdio>
#include <sstream>

namespace sobolev
{
  namespace
  {
    std::string
    quoted(const std::string &text)
    {
      std::string result = "\"";
      for (const unsigned char c : text)
        if (c == '"' || c == '\\')
          (result += '\\') += static_cast<char>(c);
        else if (c < 0x20)
          {
            char escape[8];
            std::snprintf(escape, sizeof(escape), "\\u%04x", c);
            result += escape;
          }
        else
          result += static_cast<char>(c);
      return result + '"';
    }
  } // namespace



  void
  JsonObject::set_text(const std::string &key, const std::string &text)
  {
    members.push_back({key, text, {}});
  }



  void
  JsonObject::set(const std::string &key, const std::string &value)
  {
    set_text(key, quoted(value));
  }



  void
  JsonObject::set(const std::string &key, const char *value)
  {
    set_text(key, quoted(value));
  }



  void
  JsonObject::set(const std::string &key, const double value)
  {
    std::ostringstream text;
    text.precision(17);
    text << value;
    set_text(key, std::isfinite(value) ? text.str() : "null");
  }



  void
  JsonObject::set(const std::string &key, const unsigned long long value)
  {
    set_text(key, std::to_string(value));
  }



  void
  JsonObject::set(const std::string &key, const unsigned int value)
  {
    set_text(key, std::to_string(value));
  }



  void
  JsonObject::set(const std::string &key, const bool value)
  {
    set_text(key, value ? "true" : "false");
  }



  void
  JsonObject::set(const std::string &key, const JsonObject &value)
  {
    members.push_back({key, "", {value}});
  }



  std::string
  JsonObject::to_string(const unsigned int level) const
  {
    const std::string indent(2 * (level + 1), ' ');
    std::string       text = "{\n";
    for (std::size_t m = 0; m < members.size(); ++m)
      {
        const Member &member = members[m];
        text += indent + quoted(member.key) + ": " +
                (member.object.empty() ? member.text
                                       : member.object[0].to_string(level + 1));
        text += m + 1 < members.size() ? ",\n" : "\n";
      }
    return text + std::string(2 * level, ' ') + "}";
  }
} // namespace sobolev
