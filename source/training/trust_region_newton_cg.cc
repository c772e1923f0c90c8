// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// The only file that includes ROL, which takes long to compile.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/trust_region_newton_cg.h>

#include <ROL_Objective.hpp>
#include <ROL_StatusTest.hpp>
#include <ROL_TypeU_LineSearchAlgorithm.hpp>
#include <ROL_TypeU_TrustRegionAlgorithm.hpp>
#include <ROL_Vector.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ostream>

namespace sobolev
{
  namespace
  {
    // Parameters are replicated, so no operation communicates.
    class ParameterVector : public ROL::Vector<double>
    {
    public:
      explicit ParameterVector(std::vector<double> values)
        : values(std::move(values))
      {
      }

      void
      plus(const ROL::Vector<double> &x) override
      {
        axpy(1., x);
      }

      void
      axpy(const double alpha, const ROL::Vector<double> &x) override
      {
        const auto &other = of(x);
        for (std::size_t i = 0; i < values.size(); ++i)
          values[i] += alpha * other[i];
      }

      void
      scale(const double alpha) override
      {
        for (double &value : values)
          value *= alpha;
      }

      double
      dot(const ROL::Vector<double> &x) const override
      {
        return std::inner_product(
          values.begin(), values.end(), of(x).begin(), 0.);
      }

      double
      norm() const override
      {
        return std::sqrt(dot(*this));
      }

      ROL::Ptr<ROL::Vector<double>>
      clone() const override
      {
        return ROL::makePtr<ParameterVector>(
          std::vector<double>(values.size(), 0.));
      }

      void
      set(const ROL::Vector<double> &x) override
      {
        values = of(x);
      }

      void
      zero() override
      {
        std::fill(values.begin(), values.end(), 0.);
      }

      int
      dimension() const override
      {
        return values.size();
      }

      static const std::vector<double> &
      of(const ROL::Vector<double> &x)
      {
        return dynamic_cast<const ParameterVector &>(x).values;
      }

      std::vector<double> values;
    };



    // ROL asks for value and gradient one after the other at the same point;
    // both come from one sweep.
    class Loss : public ROL::Objective<double>
    {
    public:
      Loss(const TrainingProblem &problem, TrainingMonitor &monitor)
        : problem(problem)
        , monitor(monitor)
      {
      }

      double
      value(const ROL::Vector<double> &x, double &) override
      {
        evaluate(ParameterVector::of(x));
        return last_loss;
      }

      void
      gradient(ROL::Vector<double>       &g,
               const ROL::Vector<double> &x,
               double &) override
      {
        evaluate(ParameterVector::of(x));
        g.set(ParameterVector(last_gradient));
      }

      // (g(x + h v) - g(x - h v)) / 2h with a step of the size that balances
      // round-off and the third derivative.
      void
      hessVec(ROL::Vector<double>       &H_v,
              const ROL::Vector<double> &v,
              const ROL::Vector<double> &x,
              double &) override
      {
        const double norm = v.norm();
        H_v.zero();
        if (!(norm > 0.))
          return;
        const double h     = 6e-6 * (1. + x.norm()) / norm;
        const auto  &theta = ParameterVector::of(x);
        const auto  &along = ParameterVector::of(v);
        auto         moved = theta;
        const auto   add   = [&](const double step) {
          for (std::size_t i = 0; i < theta.size(); ++i)
            moved[i] = theta[i] + step * along[i];
          std::vector<double> result;
          problem.gradient(moved, result);
          return result;
        };
        auto       product = add(h);
        const auto before  = add(-h);
        bool       finite  = true;
        for (std::size_t i = 0; i < theta.size(); ++i)
          {
            product[i] = (product[i] - before[i]) / (2. * h);
            finite     = finite && std::isfinite(product[i]);
          }
        // No curvature: the step is as long as allowed, and then judged.
        if (finite)
          H_v.set(ParameterVector(product));
        else
          monitor.say("a product with the Hessian is not finite: left out");
      }

      // The loss has become another one.
      void
      forget()
      {
        last_theta.clear();
      }

    private:
      void
      evaluate(const std::vector<double> &theta)
      {
        if (theta == last_theta)
          return;
        last_theta = theta;
        last_loss  = problem.gradient(theta, last_gradient);
        if (!std::isfinite(last_loss))
          {
            monitor.say("the loss of a trial step is not finite: shortened");
            last_loss = 1e100;
            std::fill(last_gradient.begin(), last_gradient.end(), 0.);
          }
      }

      const TrainingProblem &problem;
      TrainingMonitor       &monitor;
      std::vector<double>    last_theta, last_gradient;
      double                 last_loss = 0.;
    };



    // Asks the monitor, lets the loss change, and remembers the method's own
    // reasons to end. Rejected steps are none.
    class Status : public ROL::StatusTest<double>
    {
    public:
      Status(const TrainingProblem &problem,
             Loss                  &loss,
             TrainingMonitor       &monitor)
        : problem(problem)
        , loss(loss)
        , monitor(monitor)
      {
      }

      bool
      check(ROL::AlgorithmState<double> &state) override
      {
        const auto &theta    = ParameterVector::of(*state.iterateVec);
        const bool  is_step  = state.iter > 0;
        const bool  accepted = is_step && theta != last_theta;
        // The algorithm's own state; the base class is not polymorphic.
        const double radius =
          static_cast<const ROL::TypeU::AlgorithmState<double> &>(state)
            .searchSize;
        if (is_step)
          {
            go_on = monitor.record(
              {state.value, radius, accepted ? state.snorm : 0., accepted},
              theta);
          }
        if (!go_on)
          return false;
        if (is_step && problem.adapt(theta, monitor.progress_so_far()))
          {
            loss.forget();
            loss_has_changed = true;
            return false;
          }

        const double scale = 1. + ParameterVector(theta).norm();
        if (!std::isfinite(state.gnorm))
          own_reason = "the gradient is not finite";
        else if (!(state.gnorm > 0.))
          own_reason = "the gradient is zero";
        else if (is_step && radius < 1e-15 * scale)
          own_reason = "no step in the trust region decreases the loss";
        else if (accepted &&
                 !(last_value - state.value > 1e-16 * std::abs(last_value)))
          own_reason = "the steps are too small to change the loss";
        last_value = state.value;
        last_theta = theta;
        return own_reason.empty();
      }

      bool        go_on = true, loss_has_changed = false;
      std::string own_reason;

    private:
      const TrainingProblem &problem;
      Loss                  &loss;
      TrainingMonitor       &monitor;
      double                 last_value = 0.;
      std::vector<double>    last_theta;
    };



    Teuchos::ParameterList
    algorithm_parameters(const TrustRegionNewtonCGOptions &options)
    {
      Teuchos::ParameterList parameters;
      auto                  &general = parameters.sublist("General");
      general.set("Output Level", 0);
      general.sublist("Krylov").set(
        "Iteration Limit", static_cast<int>(options.max_cg_iterations));
      // The smaller of both counts.
      general.sublist("Krylov").set("Relative Tolerance", options.cg_tolerance);
      general.sublist("Krylov").set("Absolute Tolerance", 1e300);

      auto &region = parameters.sublist("Step").sublist("Trust Region");
      region.set("Subproblem Solver", "Truncated CG");
      region.set("Initial Radius", options.initial_radius);
      region.set("Maximum Radius", 1e10);
      region.set("Step Acceptance Threshold", 1e-4);
      region.set("Radius Growing Threshold", 0.75);
      return parameters;
    }



    // Whether the loss becomes another one where the method finds no step, or
    // the monitor ends the run there.
    bool
    leave_rest(const TrainingProblem     &problem,
               Loss                      &loss,
               const std::vector<double> &theta,
               TrainingMonitor           &monitor)
    {
      // There may have been no step at all.
      if ((problem.is_adaptive() || monitor.best_parameters().empty()) &&
          !monitor.record({problem.loss(theta), 0., 0., false}, theta))
        return false;
      if (!problem.adapt(theta, monitor.progress_so_far(true)))
        return false;
      loss.forget();
      return true;
    }
  } // namespace



  TrustRegionNewtonCG::TrustRegionNewtonCG(
    const TrustRegionNewtonCGOptions &options)
    : options(options)
  {
  }



  std::string
  TrustRegionNewtonCG::name() const
  {
    return "trust-region Newton-CG";
  }



  void
  TrustRegionNewtonCG::minimize(const TrainingProblem &problem,
                                std::vector<double>   &theta,
                                TrainingMonitor       &monitor) const
  {
    monitor.start(name(), 50, 1);
    problem.adapt(theta, monitor.progress_so_far());
    if (!std::isfinite(problem.loss(theta)))
      throw ComputationError(
        name() +
        ": the loss is not a finite number for the parameters at hand.");

    Loss             loss(problem, monitor);
    ParameterVector  x(theta);
    std::ostream     silent(nullptr);
    auto             parameters = algorithm_parameters(options);
    ROL::Ptr<Status> status;
    do
      {
        status = ROL::makePtr<Status>(problem, loss, monitor);
        ROL::TypeU::TrustRegionAlgorithm<double> algorithm(parameters);
        algorithm.setStatusTest(status, false);
        algorithm.run(x, ParameterVector(x), loss, silent);
        theta = x.values;
      }
    while (status->loss_has_changed ||
           (status->go_on && leave_rest(problem, loss, theta, monitor)));
    if (status->go_on)
      monitor.stop(status->own_reason);
  }
} // namespace sobolev
