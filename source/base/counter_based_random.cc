// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sobolev
{
  namespace CounterBasedRandom
  {
    namespace
    {
      std::uint32_t
      low(const std::uint64_t x)
      {
        return static_cast<std::uint32_t>(x);
      }



      std::uint32_t
      high(const std::uint64_t x)
      {
        return static_cast<std::uint32_t>(x >> 32);
      }



      std::uint64_t
      join(const std::uint32_t low, const std::uint32_t high)
      {
        return (static_cast<std::uint64_t>(high) << 32) | low;
      }



      Counter
      random_words(const std::uint64_t seed,
                   const std::uint64_t stream,
                   const std::uint64_t index)
      {
        return philox({{low(index), high(index), low(stream), high(stream)}},
                      {{low(seed), high(seed)}});
      }



      /**
       * The middles of $2^{52}$ intervals. With $2^{53}$ of them the last one
       * would be rounded to 1.
       */
      double
      to_open_interval(const std::uint64_t bits)
      {
        return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
      }
    } // namespace



    Counter
    philox(const Counter &counter, const Key &key)
    {
      constexpr std::uint64_t multiplier_0 = 0xD2511F53;
      constexpr std::uint64_t multiplier_1 = 0xCD9E8D57;
      constexpr std::uint32_t weyl_0       = 0x9E3779B9;
      constexpr std::uint32_t weyl_1       = 0xBB67AE85;

      Counter c = counter;
      Key     k = key;
      for (unsigned int round = 0; round < 10; ++round)
        {
          const std::uint64_t product_0 = multiplier_0 * c[0];
          const std::uint64_t product_1 = multiplier_1 * c[2];
          c                             = {{high(product_1) ^ c[1] ^ k[0],
                                            low(product_1),
                                            high(product_0) ^ c[3] ^ k[1],
                                            low(product_0)}};
          k[0] += weyl_0;
          k[1] += weyl_1;
        }
      return c;
    }



    std::uint64_t
    bits(const std::uint64_t seed,
         const std::uint64_t stream,
         const std::uint64_t index)
    {
      const Counter words = random_words(seed, stream, index);
      return join(words[0], words[1]);
    }



    double
    uniform(const std::uint64_t seed,
            const std::uint64_t stream,
            const std::uint64_t index)
    {
      return to_open_interval(bits(seed, stream, index));
    }



    double
    normal(const std::uint64_t seed,
           const std::uint64_t stream,
           const std::uint64_t index)
    {
      const Counter words = random_words(seed, stream, index);
      const double  radius =
        std::sqrt(-2. * std::log(to_open_interval(join(words[0], words[1]))));
      const double angle = 2. * 3.14159265358979323846 *
                           to_open_interval(join(words[2], words[3]));
      return radius * std::cos(angle);
    }



    std::vector<unsigned int>
    permutation(const std::uint64_t seed,
                const std::uint64_t stream,
                const std::uint64_t index,
                const unsigned int  n)
    {
      std::vector<std::pair<std::uint64_t, unsigned int>> places;
      for (unsigned int k = 0; k < n; ++k)
        places.push_back({bits(seed, stream, index * n + k), k});
      std::sort(places.begin(), places.end());
      std::vector<unsigned int> order;
      for (const auto &place : places)
        order.push_back(place.second);
      return order;
    }



    std::uint64_t
    hash(const std::uint64_t seed, const std::vector<std::uint64_t> &words)
    {
      std::uint64_t state = bits(seed, words.size(), 0);
      for (const std::uint64_t word : words)
        state = bits(state, word, 1);
      return state;
    }
  } // namespace CounterBasedRandom
} // namespace sobolev
