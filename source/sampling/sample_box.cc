// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/counter_based_random.h>
#include <sobolev/base/exceptions.h>
#include <sobolev/sampling/sample_box.h>

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    constexpr std::uint64_t interior_purpose = 0x626f78;
    constexpr std::uint64_t face_purpose     = 0x66616365;

    constexpr unsigned int n_intervals = 1000;



    // The map from (0,1) to an interval that gives random numbers a density,
    // constant in each of many parts.
    class InverseDistribution
    {
    public:
      InverseDistribution(const double                               lower,
                          const double                               upper,
                          const std::function<double(const double)> &density)
        : lower(lower)
        , width((upper - lower) / (density ? n_intervals : 1))
      {
        const unsigned int n = density ? n_intervals : 1;
        cumulated.push_back(0.);
        for (unsigned int k = 0; k < n; ++k)
          cumulated.push_back(cumulated.back() +
                              (density ? integrate(density, k) : 1.));
        for (double &value : cumulated)
          value /= cumulated.back();
      }

      // The image of u, and one over the density there.
      std::pair<double, double>
      operator()(const double u) const
      {
        const auto next =
          std::upper_bound(cumulated.begin() + 1, cumulated.end() - 1, u);
        const unsigned int k     = next - cumulated.begin() - 1;
        const double       share = cumulated[k + 1] - cumulated[k];
        const double       place = (u - cumulated[k]) / share;
        return {lower + (k + std::min(std::max(place, 0.), 1.)) * width,
                width / share};
      }

    private:
      // Gauss' formula with two points.
      double
      integrate(const std::function<double(const double)> &density,
                const unsigned int                         k) const
      {
        double sum = 0.;
        for (const double place :
             {0.5 - std::sqrt(1. / 12.), 0.5 + std::sqrt(1. / 12.)})
          {
            const double x     = lower + (k + place) * width;
            const double value = density(x);
            AssertInput(value > 0. && std::isfinite(value),
                        "the density of points is " << value << " at " << x
                                                    << "; it must be a "
                                                       "positive number.");
            sum += value;
          }
        return sum;
      }

      const double        lower, width;
      std::vector<double> cumulated;
    };



    // Points in the directions that are free; the others stay zero.
    InputPoints
    sample(const Box                       &box,
           const std::vector<unsigned int> &free_inputs,
           const BoxRule                   &rule,
           const std::uint64_t              name,
           const MPI_Comm                   communicator)
    {
      AssertInput(rule.n_points > 0,
                  "the number of collocation points is 0, but has to be "
                  "positive.");
      const unsigned int d = free_inputs.size();

      // 1. What belongs to this process.
      const std::uint64_t n = d == 0 ? 1 : rule.n_points;
      const std::uint64_t rank =
        dealii::Utilities::MPI::this_mpi_process(communicator);
      const std::uint64_t n_ranks =
        dealii::Utilities::MPI::n_mpi_processes(communicator);
      const std::uint64_t begin = rank * n / n_ranks;
      const std::uint64_t end   = (rank + 1) * n / n_ranks;

      // 2. Maps of the unit interval.
      std::vector<InverseDistribution> maps;
      for (const unsigned int i : free_inputs)
        maps.emplace_back(box.lower[i],
                          box.upper[i],
                          rule.densities.empty() ? nullptr : rule.densities[i]);

      // 3. Points.
      InputPoints points(box.n_inputs(), end - begin);
      if (d == 0)
        {
          std::fill(points.weights.begin(), points.weights.end(), 1.);
          return points;
        }
      boost::random::sobol generator(d);
      generator.discard(begin * d);
      for (std::uint64_t p = 0; p < end - begin; ++p)
        {
          double measure = 1.;
          for (unsigned int k = 0; k < d; ++k)
            {
              const std::uint64_t digits =
                generator() ^ CounterBasedRandom::bits(name, 0, k);
              const auto [x, factor] =
                maps[k]((static_cast<double>(digits >> 12) + 0.5) * 0x1p-52);
              points(free_inputs[k], p) = x;
              measure *= factor;
            }
          points.weights[p] = measure / n;
        }
      return points;
    }
  } // namespace



  InputPoints
  sample_box(const Box &box, const BoxRule &rule, const MPI_Comm communicator)
  {
    std::vector<unsigned int> free_inputs;
    for (unsigned int i = 0; i < box.n_inputs(); ++i)
      free_inputs.push_back(i);
    const std::uint64_t name =
      CounterBasedRandom::hash(rule.seed, {rule.stream, interior_purpose});
    return sample(box, free_inputs, rule, name, communicator);
  }



  InputPoints
  sample_box_face(const Box     &box,
                  const BoxFace &face,
                  const BoxRule &rule,
                  const MPI_Comm communicator)
  {
    std::vector<unsigned int> free_inputs;
    for (unsigned int i = 0; i < box.n_inputs(); ++i)
      if (i != face.input)
        free_inputs.push_back(i);
    const std::uint64_t name = CounterBasedRandom::hash(
      rule.seed, {rule.stream, face_purpose, face.input, face.is_upper});
    InputPoints points = sample(box, free_inputs, rule, name, communicator);
    for (std::size_t p = 0; p < points.size(); ++p)
      points(face.input, p) =
        face.is_upper ? box.upper[face.input] : box.lower[face.input];
    return points;
  }
} // namespace sobolev
