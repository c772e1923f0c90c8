// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Which blocks of a loss count when.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/block_schedule.h>

#include <boost/test/unit_test.hpp>

using namespace sobolev;

namespace
{
  using Names  = std::vector<std::string>;
  using Values = std::vector<double>;

  std::string
  message(const BlockSchedule &schedule, const Names &names)
  {
    try
      {
        schedule.factors(names, 0);
      }
    catch (const InputError &error)
      {
        return error.what();
      }
    return "no error";
  }



  bool
  contains(const std::string &text, const std::string &part)
  {
    return text.find(part) != std::string::npos;
  }
} // namespace

BOOST_AUTO_TEST_SUITE(block_schedule)

BOOST_AUTO_TEST_CASE(blocks_count_from_their_start_on)
{
  const BlockSchedule schedule(
    {{"divergence", 10}, {"momentum", 25}, {"energy", 10}, {"data", 0}});
  const Names names{"data", "momentum", "energy", "other", "divergence"};
  BOOST_TEST((schedule.phase_starts() == std::vector<unsigned int>{10, 25}));
  BOOST_TEST((schedule.factors(names, 0) == Values{1., 0., 0., 1., 0.}));
  BOOST_TEST((schedule.factors(names, 1) == Values{1., 0., 1., 1., 1.}));
  BOOST_TEST((schedule.factors(names, 2) == Values{1., 1., 1., 1., 1.}));
  BOOST_TEST(schedule.description(1) == "'divergence', 'energy'");
  BOOST_TEST(schedule.description(2) == "'momentum'");
}



BOOST_AUTO_TEST_CASE(without_starts_there_is_one_phase)
{
  BOOST_TEST(BlockSchedule().phase_starts().empty());
  BOOST_TEST((BlockSchedule().factors({"a", "b"}, 0) == Values{1., 1.}));
}



BOOST_AUTO_TEST_CASE(mistakes_are_named)
{
  BOOST_TEST(contains(message(BlockSchedule({{"top", 3}}), {"a", "b"}),
                      "there is no block 'top'; there are 'a', 'b'"));
  BOOST_TEST(contains(message(BlockSchedule({{"a", 3}}), {"a"}),
                      "no block begins with the training"));
}

BOOST_AUTO_TEST_SUITE_END()
