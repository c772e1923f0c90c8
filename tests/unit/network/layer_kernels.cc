// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The loops of layers for every instruction set that this processor has, not
// only for the widest one, in both precisions, against plain loops.

#include <sobolev/network/layer_kernels.h>

#include <deal.II/base/aligned_vector.h>

#include <Sacado.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "network/only_target.h"
#include "network/reference_network.h"

using namespace sobolev;

namespace
{
  using MultiIndex = JetSpecification::MultiIndex;

  template <typename Number>
  constexpr std::size_t granularity = 64 / sizeof(Number);

  template <typename Number>
  constexpr double precision = std::numeric_limits<Number>::epsilon();

  template <typename Number>
  using Array = dealii::AlignedVector<Number>;

  // What kernels must not touch.
  constexpr double guard = 7.;

  const std::vector<std::size_t> sizes{1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 33};

  // In units of 64 bytes: 8 to 200 rows of doubles.
  const std::vector<std::size_t> heights{1, 2, 3, 4, 5, 6, 7, 8, 11, 25};



  template <typename Number>
  Array<Number>
  random_array(const unsigned int stream, const std::size_t size)
  {
    Array<Number> result(size);
    for (std::size_t i = 0; i < size; ++i)
      result[i] = pseudo_random(stream, i);
    return result;
  }



  // Matrices of a height, with a line between the columns.
  template <typename Number>
  struct Shape
  {
    explicit Shape(const std::size_t height)
      : n_rows(height * granularity<Number>)
      , leading(n_rows + granularity<Number>)
    {
    }

    std::size_t n_rows, leading;
  };



  template <typename Number>
  double
  error_of_multiply(const std::size_t n_in,
                    const std::size_t n_out,
                    const std::size_t height,
                    const bool        add)
  {
    const Shape<Number> shape(height);
    const auto          a = random_array<Number>(50, n_in * shape.leading);
    const auto          w = random_array<Number>(51, n_in * n_out);
    const auto before     = random_array<Number>(52, n_out * shape.leading);
    auto       c          = before;

    layer_kernels<Number>().multiply(shape.n_rows,
                                     n_in,
                                     n_out,
                                     a.data(),
                                     shape.leading,
                                     w.data(),
                                     c.data(),
                                     add);

    double error = 0.;
    for (std::size_t j = 0; j < n_out; ++j)
      for (std::size_t r = 0; r < shape.leading; ++r)
        {
          const std::size_t i        = j * shape.leading + r;
          double            expected = before[i];
          if (r < shape.n_rows)
            {
              expected = add ? expected : 0.;
              for (std::size_t k = 0; k < n_in; ++k)
                expected += static_cast<double>(a[k * shape.leading + r]) *
                            w[j * n_in + k];
            }
          error = std::max(error, std::abs(c[i] - expected) / (n_in + 1));
        }
    return error / precision<Number>;
  }



  template <typename Number>
  double
  error_of_transpose_product(const std::size_t n_in,
                             const std::size_t n_out,
                             const std::size_t height)
  {
    const Shape<Number> shape(height);
    const auto          a = random_array<Number>(50, n_in * shape.leading);
    const auto          z = random_array<Number>(51, n_out * shape.leading);
    const auto          before = random_array<double>(52, n_in * n_out + 1);
    auto                g      = before;

    layer_kernels<Number>().add_transpose_product(
      shape.n_rows, n_in, n_out, a.data(), z.data(), shape.leading, g.data());

    double error = 0.;
    for (std::size_t j = 0; j < n_out; ++j)
      for (std::size_t k = 0; k < n_in; ++k)
        {
          double expected = before[j * n_in + k];
          for (std::size_t r = 0; r < shape.n_rows; ++r)
            expected += static_cast<double>(z[j * shape.leading + r]) *
                        a[k * shape.leading + r];
          error = std::max(error,
                           std::abs(g[j * n_in + k] - expected) / shape.n_rows);
        }
    BOOST_TEST(g.back() == before.back());
    return error / precision<Number>;
  }



  template <typename Number>
  void
  check_products()
  {
    double multiply = 0., transpose = 0.;
    for (const std::size_t n_in : sizes)
      for (const std::size_t n_out : sizes)
        for (const std::size_t height : heights)
          {
            for (const bool add : {false, true})
              multiply = std::max(
                multiply, error_of_multiply<Number>(n_in, n_out, height, add));
            transpose =
              std::max(transpose,
                       error_of_transpose_product<Number>(n_in, n_out, height));
          }
    BOOST_TEST(multiply < 1., multiply);
    BOOST_TEST(transpose < 1., transpose);
  }



  template <typename Number>
  void
  check_vector_operations()
  {
    for (const std::size_t height : heights)
      {
        const std::size_t n      = height * granularity<Number>;
        const auto        x      = random_array<Number>(50, n);
        const auto        before = random_array<Number>(51, n + 1);

        auto y = before;
        layer_kernels<Number>().add_scalar(n, Number(0.3), y.data());
        for (std::size_t i = 0; i < n; ++i)
          BOOST_TEST(y[i] == before[i] + Number(0.3));
        BOOST_TEST(y[n] == before[n]);

        y = before;
        layer_kernels<Number>().add(n, x.data(), y.data());
        for (std::size_t i = 0; i < n; ++i)
          BOOST_TEST(y[i] == before[i] + x[i]);
        BOOST_TEST(y[n] == before[n]);

        double expected = 0.;
        for (std::size_t i = 0; i < n; ++i)
          expected += x[i];
        BOOST_TEST(std::abs(layer_kernels<Number>().sum(n, x.data()) -
                            expected) < n * precision<Number>);
      }
  }



  template <typename Number>
  void
  check_channel_products()
  {
    for (unsigned int n_channels = 1; n_channels <= 9; ++n_channels)
      for (const std::size_t n_in : {1, 2, 7})
        for (const std::size_t height : {1, 2, 3, 6})
          {
            const std::size_t   n = height * granularity<Number>;
            const Shape<Number> shape(n_channels * height);
            const std::size_t   leading_rows = n + 8;
            const auto          z_bar = random_array<Number>(50, shape.n_rows);
            const auto    a = random_array<Number>(51, n_in * shape.leading);
            Array<double> rows(n_in * leading_rows, guard);

            layer_kernels<Number>().sum_channel_products(n_channels,
                                                         n,
                                                         n_in,
                                                         z_bar.data(),
                                                         a.data(),
                                                         shape.leading,
                                                         rows.data(),
                                                         leading_rows);

            double error = 0.;
            for (std::size_t k = 0; k < n_in; ++k)
              for (std::size_t p = 0; p < leading_rows; ++p)
                {
                  double expected = p < n ? 0. : guard;
                  for (unsigned int c = 0; p < n && c < n_channels; ++c)
                    expected += static_cast<double>(z_bar[c * n + p]) *
                                a[k * shape.leading + c * n + p];
                  error = std::max(
                    error, std::abs(rows[k * leading_rows + p] - expected));
                }
            BOOST_TEST(error < n_channels * precision<Number>,
                       n_channels << " channels, " << n
                                  << " points: " << error);
          }
  }



  // What the chain rule is tested with: all jets with loops of their own, and
  // others of every order.
  std::vector<JetSpecification>
  all_jets()
  {
    std::vector<JetSpecification> result{JetSpecification::value()};
    for (unsigned int dim = 1; dim <= 6; ++dim)
      result.push_back(JetSpecification::laplacian(dim));
    for (unsigned int dim = 1; dim <= 3; ++dim)
      {
        result.push_back(JetSpecification::gradient(dim));
        result.push_back(JetSpecification::hessian(dim));
        result.push_back(JetSpecification::bilaplacian(dim));
      }

    auto weighted = JetSpecification::gradient(3);
    weighted.add({{{2, 2}, -2.}, {{0, 0}, 0.5}});
    result.push_back(weighted);

    // Mixed second derivatives, a repeated term, a multiple of a first one.
    auto mixed = JetSpecification::gradient(3);
    mixed.add({{{0, 1}, 0.7}, {{2, 2}, -1.3}, {{1, 0}, 0.2}});
    mixed.add({{{1}, 2.}, {{2}, -0.5}});
    mixed.add({{{0, 0}, 1.}, {{1, 1}, 1.}, {{2, 2}, 1.}});
    mixed.add({{{0, 1, 2}, 1.}, {{0, 0, 0}, -0.7}, {{1, 1, 2}, 0.4}});
    mixed.add(MultiIndex{0, 0, 1, 2});
    mixed.add({{{0, 1, 1, 1}, 0.6}, {{0, 0, 1, 1}, 1.1}, {{2, 2, 2, 2}, -1.}});
    result.push_back(mixed);

    JetSpecification waves;
    waves.add_first(0);
    waves.add_first(1);
    waves.add(MultiIndex{0, 0, 0, 0});
    result.push_back(waves);
    return result;
  }



  // Call action(blocks) for all partitions of the given directions.
  template <typename Action>
  void
  for_all_partitions(const MultiIndex        &along,
                     const Action            &action,
                     std::vector<MultiIndex> &blocks,
                     const unsigned int       position = 0)
  {
    if (position == along.size())
      {
        action(blocks);
        return;
      }
    for (std::size_t b = 0; b < blocks.size(); ++b)
      {
        blocks[b].push_back(along[position]);
        for_all_partitions(along, action, blocks, position + 1);
        blocks[b].pop_back();
      }
    blocks.push_back({along[position]});
    for_all_partitions(along, action, blocks, position + 1);
    blocks.pop_back();
  }



  // A function z of which all partial derivatives at a point are known, and
  // the channels of z and f(z) from them, by the formula of Faa di Bruno for
  // partial derivatives. A number has its tangent with it.
  class PlainPoint
  {
  public:
    using Number = Sacado::Fad::SFad<double, 1>;

    explicit PlainPoint(const std::size_t p)
      : seed(1000 * p)
    {
      for (unsigned int k = 0; k < 7; ++k)
        f_values[k] = pseudo_random(60, seed + k);
    }

    double
    f(const unsigned int k) const
    {
      return f_values[k];
    }

    // Number k and its tangent f^(k+1) times that of z.
    Number
    f_with_tangent(const unsigned int k)
    {
      Number result(f_values[k]);
      result.fastAccessDx(0) = f_values[k + 1] * partial({}).dx(0);
      return result;
    }

    Number
    partial(MultiIndex along)
    {
      std::sort(along.begin(), along.end());
      const auto place = partials.find(along);
      if (place != partials.end())
        return place->second;
      const unsigned int k = partials.size();
      Number             result(pseudo_random(61, seed + k));
      result.fastAccessDx(0) = pseudo_random(62, seed + k);
      return partials[along] = result;
    }

    Number
    z(const std::vector<JetSpecification::Term> &terms)
    {
      Number sum(0.);
      for (const auto &term : terms)
        sum += term.factor * partial(term.along);
      return sum;
    }

    Number
    a(const std::vector<JetSpecification::Term> &terms)
    {
      Number sum(0.);
      for (const auto &term : terms)
        {
          std::vector<MultiIndex> blocks;
          for_all_partitions(
            term.along,
            [&](const std::vector<MultiIndex> &partition) {
              Number product = term.factor * f_with_tangent(partition.size());
              for (const MultiIndex &block : partition)
                product *= partial(block);
              sum += product;
            },
            blocks);
        }
      return sum;
    }

  private:
    const std::size_t            seed;
    std::array<double, 7>        f_values;
    std::map<MultiIndex, Number> partials;
  };



  template <typename Number>
  void
  check_chain_rule(const JetSpecification &jet)
  {
    const unsigned int      C = jet.n_channels();
    const std::size_t       n = 3 * granularity<Number>;
    std::vector<PlainPoint> points;
    for (std::size_t p = 0; p < n; ++p)
      points.emplace_back(p);

    // 1. z and the derivatives of f, no more than are allowed to be read.
    std::array<Array<Number>, 7>  f;
    std::array<const Number *, 7> pointers{};
    for (unsigned int k = 1; k <= jet.order() + 1; ++k)
      {
        f[k].resize(n);
        for (std::size_t p = 0; p < n; ++p)
          f[k][p] = points[p].f(k);
        pointers[k] = f[k].data();
      }
    Array<Number> z(C * n), a(C * n + 1, Number(guard)), z_bar = a;
    const auto    a_bar = random_array<Number>(63, C * n);
    for (unsigned int c = 0; c < C; ++c)
      for (std::size_t p = 0; p < n; ++p)
        z[c * n + p] = points[p].z(jet.terms(c)).val();

    layer_kernels<Number>().apply_chain_rule(
      jet, n, pointers.data(), z.data(), a.data());
    layer_kernels<Number>().apply_chain_rule_adjoint(
      jet, n, pointers.data(), z.data(), a_bar.data(), z_bar.data());

    // 2. Channels, and (Jv, w) = (v, J^T w) point by point.
    double error = 0., adjoint_error = 0.;
    for (std::size_t p = 0; p < n; ++p)
      {
        // The value is the activation's business.
        BOOST_TEST(a[p] == Number(guard));
        double left = 0., right = 0., scale = 0.;
        for (unsigned int c = 0; c < C; ++c)
          {
            const auto &terms = jet.terms(c);
            const auto  a_c   = points[p].a(terms);
            if (c > 0)
              error = std::max(error,
                               std::abs(a[c * n + p] - a_c.val()) /
                                 (1. + std::abs(a_c.val())));
            left += a_c.dx(0) * a_bar[c * n + p];
            right += points[p].z(terms).dx(0) * z_bar[c * n + p];
            scale += std::abs(a_c.dx(0)) + std::abs(z_bar[c * n + p]);
          }
        adjoint_error =
          std::max(adjoint_error, std::abs(left - right) / (1. + scale));
      }
    BOOST_TEST(a.back() == Number(guard));
    BOOST_TEST(z_bar.back() == Number(guard));
    BOOST_TEST(error < 50. * precision<Number>, error);
    BOOST_TEST(adjoint_error < 10. * precision<Number>, adjoint_error);
  }
} // namespace

BOOST_AUTO_TEST_SUITE(layer_kernels)

BOOST_DATA_TEST_CASE(products_of_matrices_equal_plain_loops,
                     all_targets,
                     target)
{
  const OnlyTarget only(target);
  check_products<double>();
  check_products<float>();
}



BOOST_DATA_TEST_CASE(operations_on_vectors_equal_plain_loops,
                     all_targets,
                     target)
{
  const OnlyTarget only(target);
  check_vector_operations<double>();
  check_vector_operations<float>();
}



BOOST_DATA_TEST_CASE(sums_over_channels_equal_plain_loops, all_targets, target)
{
  const OnlyTarget only(target);
  check_channel_products<double>();
  check_channel_products<float>();
}



BOOST_DATA_TEST_CASE(
  chain_rule_and_its_adjoint_equal_faa_di_bruno,
  all_targets *boost::unit_test::data::xrange(all_jets().size()),
  target,
  number)
{
  const OnlyTarget only(target);
  const auto       jet = all_jets()[number];
  check_chain_rule<double>(jet);
  check_chain_rule<float>(jet);
}

BOOST_AUTO_TEST_SUITE_END()
