// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_application_json_object_h
#define sobolev_application_json_object_h

#include <string>
#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * A JSON object (RFC 8259) to be written: keys in the order in which they
   * are set. Numbers keep all digits; those that are not finite become null.
   * (Boost's property trees write numbers as strings.)
   */
  class JsonObject
  {
  public:
    void set(const std::string &key, const std::string &value);

    void set(const std::string &key, const char *value);

    void set(const std::string &key, const double value);

    void set(const std::string &key, const unsigned long long value);

    void set(const std::string &key, const unsigned int value);

    void set(const std::string &key, const bool value);

    void set(const std::string &key, const JsonObject &value);

    /** The text, indented by two blanks per level. */
    std::string to_string(const unsigned int level = 0) const;

  private:
    void set_text(const std::string &key, const std::string &text);

    struct Member
    {
      std::string             key;
      std::string             text;
      std::vector<JsonObject> object;
    };

    std::vector<Member> members;
  };
} // namespace sobolev

#endif
