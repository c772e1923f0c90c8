// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <set>

using namespace sobolev;

namespace
{
  constexpr unsigned int n = 100000;
}

BOOST_AUTO_TEST_SUITE(counter_based_random)

// The known answers for philox4x32-10 that come with Random123.
BOOST_AUTO_TEST_CASE(philox_gives_the_published_answers)
{
  using CounterBasedRandom::Counter;
  using CounterBasedRandom::philox;
  const Counter zeros = philox({{0, 0, 0, 0}}, {{0, 0}});
  const Counter ones  = philox({{~0U, ~0U, ~0U, ~0U}}, {{~0U, ~0U}});
  const Counter pi = philox({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
                            {{0xa4093822, 0x299f31d0}});

  const Counter from_zeros = {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}};
  const Counter from_ones  = {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}};
  const Counter from_pi    = {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}};
  BOOST_TEST(zeros == from_zeros, boost::test_tools::per_element());
  BOOST_TEST(ones == from_ones, boost::test_tools::per_element());
  BOOST_TEST(pi == from_pi, boost::test_tools::per_element());
}



BOOST_AUTO_TEST_CASE(uniform_numbers_have_the_moments_of_the_interval)
{
  double mean = 0., square = 0., smallest = 1., largest = 0.;
  for (unsigned int i = 0; i < n; ++i)
    {
      const double u = CounterBasedRandom::uniform(7, 3, i);
      mean += u / n;
      square += u * u / n;
      smallest = std::min(smallest, u);
      largest  = std::max(largest, u);
    }

  // Three standard deviations of the sample means.
  BOOST_TEST(std::abs(mean - 0.5) < 3. * std::sqrt(1. / 12. / n));
  BOOST_TEST(std::abs(square - 1. / 3.) < 3. * std::sqrt(4. / 45. / n));
  BOOST_TEST(smallest > 0.);
  BOOST_TEST(largest < 1.);
}



BOOST_AUTO_TEST_CASE(normal_numbers_have_the_moments_of_the_distribution)
{
  double mean = 0., square = 0., fourth = 0.;
  for (unsigned int i = 0; i < n; ++i)
    {
      const double z = CounterBasedRandom::normal(7, 3, i);
      mean += z / n;
      square += z * z / n;
      fourth += z * z * z * z / n;
    }

  BOOST_TEST(std::abs(mean) < 3. * std::sqrt(1. / n));
  BOOST_TEST(std::abs(square - 1.) < 3. * std::sqrt(2. / n));
  BOOST_TEST(std::abs(fourth - 3.) < 3. * std::sqrt(96. / n));
}



BOOST_AUTO_TEST_CASE(seed_stream_and_index_all_matter)
{
  std::set<std::uint64_t> numbers;
  for (std::uint64_t seed = 0; seed < 5; ++seed)
    for (std::uint64_t stream = 0; stream < 5; ++stream)
      for (std::uint64_t index = 0; index < 5; ++index)
        {
          numbers.insert(CounterBasedRandom::bits(seed, stream, index));
          numbers.insert(
            CounterBasedRandom::bits(seed << 40, stream << 40, index << 40));
        }

  BOOST_TEST(numbers.size() == 125 + 124);
}



BOOST_AUTO_TEST_CASE(permutations_have_every_number_once_in_every_place)
{
  const unsigned int        size = 5, n_permutations = 20000;
  std::vector<unsigned int> counts(size * size, 0);
  for (unsigned int index = 0; index < n_permutations; ++index)
    {
      const auto order = CounterBasedRandom::permutation(3, 7, index, size);
      BOOST_TEST_REQUIRE(order.size() == size);
      std::vector<bool> is_there(size, false);
      for (unsigned int place = 0; place < size; ++place)
        {
          BOOST_TEST_REQUIRE(order[place] < size);
          is_there[order[place]] = true;
          ++counts[place * size + order[place]];
        }
      BOOST_TEST((is_there == std::vector<bool>(size, true)));
    }
  // Five deviations of a binomial distribution.
  const double mean = n_permutations / double(size);
  for (const unsigned int count : counts)
    BOOST_TEST(std::abs(count - mean) <
               5. * std::sqrt(mean * (1. - 1. / size)));

  BOOST_TEST((CounterBasedRandom::permutation(3, 7, 1, size) ==
              CounterBasedRandom::permutation(3, 7, 1, size)));
  BOOST_TEST(CounterBasedRandom::permutation(3, 7, 1, 0).empty());
}



BOOST_AUTO_TEST_CASE(hash_depends_on_every_word_and_on_their_number)
{
  const std::set<std::uint64_t> hashes = {CounterBasedRandom::hash(1, {}),
                                          CounterBasedRandom::hash(1, {0}),
                                          CounterBasedRandom::hash(1, {0, 0}),
                                          CounterBasedRandom::hash(1, {0, 1}),
                                          CounterBasedRandom::hash(1, {1, 0}),
                                          CounterBasedRandom::hash(2, {1, 0})};

  BOOST_TEST(hashes.size() == 6);
}

BOOST_AUTO_TEST_SUITE_END()
