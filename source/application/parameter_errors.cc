// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/application/parameter_errors.h>
#include <sobolev/base/quoted_list.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>

namespace sobolev
{
  namespace
  {
    std::string
    in_lower_case(std::string text)
    {
      std::transform(text.begin(), text.end(), text.begin(), [](const char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      });
      return text;
    }



    // Levenshtein's distance, row by row of its table.
    std::size_t
    edit_distance(const std::string &a, const std::string &b)
    {
      std::vector<std::size_t> row(b.size() + 1);
      for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;

      for (std::size_t i = 1; i <= a.size(); ++i)
        {
          std::size_t diagonal = row[0];
          row[0]               = i;
          for (std::size_t j = 1; j <= b.size(); ++j)
            {
              const std::size_t replaced =
                diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
              diagonal = row[j];
              row[j]   = std::min({row[j] + 1, row[j - 1] + 1, replaced});
            }
        }
      return row[b.size()];
    }



    // Whether a bound of a pattern is deal.II's way to say "none".
    bool
    is_unbounded(const std::string &bound)
    {
      return bound.find("MAX_DOUBLE") != std::string::npos ||
             bound == "-2147483648" || bound == "2147483647";
    }



    std::string
    describe_range(const std::string &kind,
                   const std::string &lower,
                   const std::string &upper)
    {
      if (is_unbounded(lower) && is_unbounded(upper))
        return kind;
      if (is_unbounded(upper))
        return kind + " of at least " + lower;
      if (is_unbounded(lower))
        return kind + " of at most " + upper;
      return kind + " from " + lower + " to " + upper;
    }



    // "a|b|c " -> "'a', 'b', 'c'"
    std::string
    quote_alternatives(const std::string &alternatives)
    {
      std::istringstream       in(alternatives);
      std::vector<std::string> names;
      for (std::string name; std::getline(in, name, '|');)
        names.push_back(on_one_line(name));
      return quoted_list(names);
    }
  } // namespace



  std::string
  nearest_name(const std::string              &name,
               const std::vector<std::string> &candidates)
  {
    std::string nearest;
    // At least one letter may be wrong, and two may be swapped.
    std::size_t allowed = std::max<std::size_t>(2, name.size() / 3);
    for (const std::string &candidate : candidates)
      {
        const std::size_t distance =
          edit_distance(in_lower_case(name), in_lower_case(candidate));
        if (distance < std::max(name.size(), candidate.size()) &&
            (distance < allowed || (distance == allowed && nearest.empty())))
          {
            nearest = candidate;
            allowed = distance;
          }
      }
    return nearest;
  }



  std::string
  describe_pattern(const std::string &description)
  {
    static const std::regex number_range(
      R"(\[(Integer|Double)(?: range)? (\S+?)\.\.\.(\S+) \(inclusive\)\])");
    static const std::regex selection(R"(\[(Multiple)?Selection (.*)\])");
    static const std::regex list(
      R"(\[List of <(.*)> of length (\d+)\.\.\.(\d+) \(inclusive\)(?: separated by <(.*)>)?\])");

    const std::string text = on_one_line(description);
    std::smatch       match;
    if (text == "[Bool]")
      return "true or false";
    if (text == "[Integer]" || text == "[Integer range]")
      return "an integer";
    if (text == "[Double]")
      return "a number";
    if (std::regex_match(text, match, number_range))
      return describe_range(
        match[1] == "Integer" ? "an integer" : "a number", match[2], match[3]);
    if (std::regex_match(text, match, selection))
      return (match[1].matched ? "a list of some of " : "one of ") +
             quote_alternatives(match[2]);
    if (std::regex_match(text, match, list))
      {
        const std::string separator =
          match[4].matched ? "'" + match[4].str() + "'" : "commas";
        std::string number;
        if (match[2] == match[3])
          number = " (" + match[2].str() + " of them)";
        else if (match[3] != "4294967295" && match[3] != "2147483647")
          number =
            " (" + match[2].str() + " to " + match[3].str() + " of them)";
        else if (match[2] != "0")
          number = " (at least " + match[2].str() + ")";
        return "a list separated by " + separator + number + ", each of it " +
               describe_pattern(match[1]);
      }
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
      return text.substr(1, text.size() - 2);
    return text;
  }



  std::string
  on_one_line(const std::string &text)
  {
    std::istringstream in(text);
    std::string        result;
    for (std::string word; in >> word;)
      result += (result.empty() ? "" : " ") + word;
    return result;
  }
} // namespace sobolev
