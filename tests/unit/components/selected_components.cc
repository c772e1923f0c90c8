// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/components/selected_components.h>

#include <boost/test/unit_test.hpp>

using namespace dealii;
using namespace sobolev;

namespace
{
  /** Component c is (1 + c) x + c y^2. */
  struct FourComponents : Function<2>
  {
    FourComponents()
      : Function<2>(4)
    {
    }

    double
    value(const Point<2> &p, const unsigned int c) const override
    {
      return (1. + c) * p[0] + c * p[1] * p[1];
    }

    void
    vector_value(const Point<2> &p, Vector<double> &values) const override
    {
      for (unsigned int c = 0; c < 4; ++c)
        values[c] = value(p, c);
    }

    Tensor<1, 2>
    gradient(const Point<2> &p, const unsigned int c) const override
    {
      return Tensor<1, 2>({1. + c, 2. * c * p[1]});
    }
  };
} // namespace

BOOST_AUTO_TEST_SUITE(selected_components)

BOOST_AUTO_TEST_CASE(all_functions_are_those_of_the_components)
{
  const FourComponents        all;
  const SelectedComponents<2> two(all, 1, 2);
  const std::vector<Point<2>> points{{0.3, 0.4}, {-1., 2.}, {0.5, -0.1}};
  BOOST_TEST(two.n_components == 2u);

  std::vector<Vector<double>> vectors(3, Vector<double>(2));
  two.vector_value_list(points, vectors);
  std::vector<std::vector<Tensor<1, 2>>> gradient_vectors(
    3, std::vector<Tensor<1, 2>>(2));
  two.vector_gradient_list(points, gradient_vectors);
  for (unsigned int c = 0; c < 2; ++c)
    {
      std::vector<double> values(3);
      two.value_list(points, values, c);
      std::vector<Tensor<1, 2>> gradients(3);
      two.gradient_list(points, gradients, c);
      for (unsigned int i = 0; i < 3; ++i)
        {
          const double       value    = all.value(points[i], 1 + c);
          const Tensor<1, 2> gradient = all.gradient(points[i], 1 + c);
          BOOST_TEST(two.value(points[i], c) == value);
          BOOST_TEST(values[i] == value);
          BOOST_TEST(vectors[i][c] == value);
          BOOST_TEST((two.gradient(points[i], c) - gradient).norm() == 0.);
          BOOST_TEST((gradients[i] - gradient).norm() == 0.);
          BOOST_TEST((gradient_vectors[i][c] - gradient).norm() == 0.);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
